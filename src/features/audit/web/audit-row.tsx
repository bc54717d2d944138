import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Badge } from '#platform/web/ui/badge.tsx';
import type { AuditEvent } from '../contract.ts';

/** The sentence of an action; one that this screen has no words for is told by its name. */
function useActionWords(): (action: string) => string {
  const { t, i18n } = useTranslation('audit');
  return (action) =>
    i18n.exists(`actions.${action}`, { ns: 'audit' })
      ? t(`actions.${action}` as 'actions.accounts.signed-in')
      : action;
}

export function useActorName(): (actor: AuditEvent['actor']) => string {
  const { t } = useTranslation('audit');
  return ({ kind, name }) => {
    if (kind === 'system') return t('system');
    if (name === null) return t('no-longer');
    return kind === 'api-key' ? t('api-key', { name }) : name;
  };
}

/** Whom it is about, without a name that a stranger gave themselves. */
export function useSubjectWords(): (event: AuditEvent) => string | null {
  const { t, i18n } = useTranslation('audit');
  return ({ subject, maskedNumber }) => {
    if (subject === null) return null;
    const kind = i18n.exists(`subjects.${subject.kind}`, { ns: 'audit' })
      ? t(`subjects.${subject.kind}` as 'subjects.contact')
      : subject.kind;
    return [kind, subject.name ?? maskedNumber ?? ''].join(' ').trim();
  };
}

/** The facts that say something to a person: no ids, no flags that are off. Their names where this screen has words. */
function useFacts(): (details: AuditEvent['details']) => string {
  const { t, i18n } = useTranslation('audit');
  const has = (key: string) => i18n.exists(key, { ns: 'audit' });
  const factOf = ([name, value]: [string, AuditEvent['details'][string]]): string | null => {
    if (value === null || value === false || /Id$/.test(name)) return null;
    const label = has(`facts.${name}`) ? t(`facts.${name}` as 'facts.reason') : name;
    if (value === true) return label;
    const key = `values.${value}`;
    return `${label}: ${has(key) ? t(key as 'values.offense') : value}`;
  };
  return (details) =>
    Object.entries(details)
      .flatMap((entry) => factOf(entry) ?? [])
      .join(' · ');
}

/** Leads to all that stands in the log about the same. */
function Subject({
  event,
  subject,
}: {
  event: AuditEvent;
  subject: NonNullable<AuditEvent['subject']>;
}) {
  const { t } = useTranslation('audit');
  const words = useSubjectWords()(event) ?? '';
  return (
    <Link
      to="/ajustes/$section"
      params={{ section: 'auditoria' }}
      search={{ sobre: subject.id }}
      aria-label={t('only-about', { subject: words })}
      className="rounded-small underline decoration-ink-faint underline-offset-2 hover:decoration-ink"
    >
      {words}
    </Link>
  );
}

/** One event of the log. */
export function AuditRow({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const actionWords = useActionWords();
  const actorName = useActorName();
  const details = useFacts()(event.details);
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 py-3">
      <time
        dateTime={event.at}
        className="w-32 shrink-0 pt-px text-preview text-ink-soft tabular-nums max-md:w-full"
      >
        {format.dateTime(event.at)}
      </time>
      <div className="min-w-0 flex-1 basis-60">
        <p className="break-words">
          <span className="font-medium">{actorName(event.actor)}</span> {actionWords(event.action)}
        </p>
        {event.subject !== null && (
          <p className="text-preview break-words text-ink-soft">
            <Subject event={event} subject={event.subject} />
          </p>
        )}
        {details !== '' && <p className="mt-0.5 text-meta break-words text-ink-faint">{details}</p>}
      </div>
      <span className="shrink-0 pt-px tabular-nums">
        {event.seal === null ? (
          <Badge>{t('not-sealed')}</Badge>
        ) : (
          <span className="text-meta text-ink-faint">
            {t('seal', { place: format.number(event.seal) })}
          </span>
        )}
      </span>
    </li>
  );
}
