import { ArrowDownLeft, ArrowUpRight, ChevronRight, Eraser, Handshake, Info } from 'lucide-react';
import { useState } from 'react';
import { control } from './control.ts';
import { secondsOf, tookText } from './formats.ts';
import { JsonTree } from './json-tree.tsx';
import type { LogEntry } from './wire-types.ts';

const ICONS = {
  webhook: ArrowUpRight,
  api: ArrowDownLeft,
  handshake: Handshake,
  note: Info,
} as const;

const KINDS = { webhook: 'Webhook', api: 'API', handshake: 'Verificação', note: 'Nota' } as const;

function statusText(entry: LogEntry): string {
  if (entry.kind === 'note') return '';
  if (entry.status !== null) return String(entry.status);
  const last = entry.attempts.at(-1);
  if (last?.error !== undefined && last.error !== null) return 'sem resposta';
  return entry.state === 'waiting' ? '…' : 'cortada';
}

function bodyOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function Attempts({ entry }: { entry: LogEntry }) {
  if (entry.attempts.length < 2) return null;
  return (
    <ol className="attempts">
      {entry.attempts.map((attempt) => (
        <li key={attempt.at}>
          <time>{secondsOf(attempt.at)}</time>
          <span>{attempt.status ?? attempt.error}</span>
          <span>{tookText(attempt.ms)}</span>
        </li>
      ))}
    </ol>
  );
}

function Details({ entry }: { entry: LogEntry }) {
  const answer = bodyOf(entry.answer);
  return (
    <div className="log-details">
      {entry.method !== null && (
        <p className="log-url">
          {entry.method} {entry.url}
        </p>
      )}
      <Attempts entry={entry} />
      {entry.request !== null && (
        <>
          <h3>Corpo</h3>
          <JsonTree value={entry.request} />
        </>
      )}
      {answer !== null && answer !== '' && (
        <>
          <h3>Resposta</h3>
          <JsonTree value={answer} />
        </>
      )}
    </div>
  );
}

/** Error code of an API answer that failed. */
function codeOf(entry: LogEntry): string {
  const answer = entry.answer as { error?: { code?: number } } | null;
  return entry.state === 'failed' && answer?.error?.code !== undefined
    ? String(answer.error.code)
    : '';
}

function LogRow({ entry }: { entry: LogEntry }) {
  const [isOpen, setOpen] = useState(false);
  const Icon = ICONS[entry.kind];
  const tries = entry.attempts.length;
  return (
    <li className={`log-row ${entry.kind}`}>
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight className="chevron" size={14} aria-hidden="true" />
        <span
          className="log-kind"
          role="img"
          aria-label={KINDS[entry.kind]}
          title={KINDS[entry.kind]}
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
        </span>
        <span className="log-title">
          {entry.title}
          {tries > 1 && <small title={`${tries} tentativas`}>{tries}×</small>}
          {entry.kind === 'api' && <small>{codeOf(entry)}</small>}
        </span>
        <span className={`log-status ${entry.state}`}>{statusText(entry)}</span>
        <time>{secondsOf(entry.at)}</time>
      </button>
      {isOpen && <Details entry={entry} />}
    </li>
  );
}

const FILTERS = [
  ['all', 'Tudo'],
  ['webhook', 'Webhooks'],
  ['api', 'API'],
] as const;

/** Webhooks and API calls as they happen, newest first. */
export function LogPanel({ log }: { log: readonly LogEntry[] }) {
  const [filter, setFilter] = useState<(typeof FILTERS)[number][0]>('all');
  const shown = log.filter((entry) => filter === 'all' || entry.kind === filter).toReversed();
  return (
    <aside className="log" aria-label="Registro">
      <header className="log-head">
        <h2>Registro</h2>
        <fieldset className="segments" aria-label="Mostrar">
          {FILTERS.map(([value, label]) => (
            <button
              type="button"
              key={value}
              aria-pressed={filter === value}
              onClick={() => setFilter(value)}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          className="icon-button"
          aria-label="Limpar o registro"
          title="Limpar o registro"
          onClick={() => control.clearLog()}
        >
          <Eraser size={18} strokeWidth={1.75} aria-hidden="true" />
        </button>
      </header>
      <ol className="log-list">
        {shown.length === 0 && <li className="empty">Ainda não houve nada por aqui.</li>}
        {shown.map((entry) => (
          <LogRow key={entry.id} entry={entry} />
        ))}
      </ol>
    </aside>
  );
}
