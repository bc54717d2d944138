import { Wifi, WifiOff } from 'lucide-react';
import { type DragEvent, useLayoutEffect, useRef, useState } from 'react';
import { Bubble, type BubbleActions } from './bubble.tsx';
import { Composer, type Purpose } from './composer.tsx';
import { control } from './control.ts';
import { initialsOf, phoneText, tintOf } from './formats.ts';
import { PhoneMenu } from './phone-menu.tsx';
import type { Phone, ThreadItem } from './wire-types.ts';

interface PhoneProps {
  phone: Phone;
  channel: string;
}

function PhoneHead({ phone, channel }: PhoneProps) {
  const isHidden = phone.hidden !== 'no' || phone.number === '';
  const toggle = phone.isOnline ? 'Ficar sem conexão' : 'Voltar a ter conexão';
  const Icon = phone.isOnline ? Wifi : WifiOff;
  return (
    <header className="phone-head">
      <span className={`avatar tint-${tintOf(phone.number || phone.id)}`} aria-hidden="true">
        {initialsOf(phone.name)}
      </span>
      <div className="phone-who">
        <h2 title={phone.name}>{phone.name}</h2>
        <p title={isHidden ? `A empresa vê ${phone.userId}` : phone.userId}>
          {isHidden ? 'número oculto' : phoneText(phone.number)}
        </p>
      </div>
      <button
        type="button"
        className={`icon-button ${phone.isOnline ? '' : 'is-off'}`}
        aria-label={toggle}
        aria-pressed={!phone.isOnline}
        title={toggle}
        onClick={() => control.change(phone.id, { isOnline: !phone.isOnline })}
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <PhoneMenu phone={phone} channel={channel} />
    </header>
  );
}

/** Facts about the phone that only the person behind the stage needs to know. */
function linesOf({ phone, channel }: PhoneProps): string[] {
  const waiting = phone.waiting === 1 ? '1 item espera' : `${phone.waiting} itens esperam`;
  return [
    phone.isOnline ? '' : `Sem conexão${phone.waiting > 0 ? `: ${waiting}` : ''}`,
    phone.blockedBy.includes(channel) ? 'Na lista de bloqueio do WhatsApp' : '',
    phone.blocks.includes(channel) ? 'Esta pessoa bloqueou a empresa' : '',
  ].filter((line) => line !== '');
}

function joinsPrevious(items: readonly ThreadItem[], index: number): boolean {
  const before = items[index - 1];
  return before !== undefined && before.side === items[index]?.side && before.side !== 'system';
}

const NEAR_END = 40;

function Thread({ phone, channel, actions }: PhoneProps & { actions: BubbleActions }) {
  const end = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  const items = phone.thread.filter((item) => item.channel === channel);
  const last = items.at(-1)?.id;

  const showEnd = () => {
    const list = end.current;
    if (list !== null) list.scrollTop = list.scrollHeight;
  };
  const noteEnd = () => {
    const list = end.current;
    if (list === null) return;
    isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  };
  // A picture grows its bubble when it has loaded: whoever read the last line goes on reading it.
  const onLoaded = () => {
    if (isAtEnd.current) showEnd();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a message arrives
  useLayoutEffect(showEnd, [last, phone.isTypingShown]);

  return (
    <ol
      className="thread"
      ref={end}
      aria-label={`Conversa de ${phone.name}`}
      onScroll={noteEnd}
      onLoadCapture={onLoaded}
      onLoadedMetadataCapture={onLoaded}
    >
      {items.length === 0 && <li className="empty">Escreva a primeira mensagem.</li>}
      {items.map((item, index) => (
        <Bubble key={item.id} item={item} joins={joinsPrevious(items, index)} actions={actions} />
      ))}
      {phone.isTypingShown && (
        <li className="bubble-row theirs">
          <div className="bubble typing">digitando…</div>
        </li>
      )}
    </ol>
  );
}

/** The same words or file once more, marked as forwarded. */
function forwarded({ kind, text, card }: ThreadItem): Record<string, unknown> {
  const mediaId = card?.media?.id ?? undefined;
  const words = text === '' ? {} : { text };
  if (kind === 'text' || mediaId === undefined) return { ...words, forwarded: 'once' };
  return { type: kind, mediaId, ...words, forwarded: 'once' };
}

/** Files dragged onto the phone. */
function useDrop(onFiles: (files: readonly File[]) => void) {
  const [isTarget, setTarget] = useState(false);
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setTarget(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setTarget(false);
    onFiles([...event.dataTransfer.files]);
  };
  return {
    isTarget,
    handlers: { onDragOver: over, onDragLeave: () => setTarget(false), onDrop: drop },
  };
}

/** One phone on the desk. */
export function PhoneCard({ phone, channel }: PhoneProps) {
  const [purpose, setPurpose] = useState<Purpose | null>(null);
  const [problem, setProblem] = useState('');
  const does = (spec: Record<string, unknown>) => control.does(phone.id, channel, spec);
  const actions: BubbleActions = {
    react: ({ id }, emoji) =>
      does({ type: 'reaction', target: id, ...(emoji === null ? {} : { emoji }) }),
    reply: (item) => setPurpose({ kind: 'reply', item }),
    edit: (item) => setPurpose({ kind: 'edit', item }),
    remove: ({ id }) => does({ type: 'revoke', target: id }),
    forward: (item) => does(forwarded(item)),
    played: ({ id, side, card }) => {
      // WhatsApp tells the business of voice notes, not of other audio.
      if (side === 'business' && card?.media?.isVoice === true) control.played(phone.id, id);
    },
    does,
  };
  const replying = purpose?.kind === 'reply' ? { replyTo: purpose.item.id } : {};
  const onText = (text: string) => {
    if (purpose?.kind === 'edit') {
      const { id, kind } = purpose.item;
      does({ type: 'edit', target: id, text, ...(kind === 'text' ? {} : { kind }) });
    } else does({ text, ...replying });
    setPurpose(null);
  };
  const onOther = (spec: Record<string, unknown>) => {
    does({ ...spec, ...replying });
    setPurpose(null);
  };
  const told = (work: Promise<void>) => {
    setProblem('');
    work.catch((error: Error) => setProblem(`Não enviado: ${error.message}`));
  };
  const onFiles = (files: readonly File[], caption = '') => {
    for (const [index, file] of files.entries()) {
      told(control.sendFile(phone.id, channel, file, index === 0 ? caption : ''));
    }
  };
  const { isTarget, handlers } = useDrop(onFiles);
  const lines = [...linesOf({ phone, channel }), ...(problem === '' ? [] : [problem])];
  return (
    <section
      className={`phone ${isTarget ? 'is-target' : ''}`}
      aria-label={`Celular de ${phone.name}`}
      {...handlers}
    >
      <PhoneHead phone={phone} channel={channel} />
      {lines.map((line) => (
        <p className="phone-line" key={line}>
          {line}
        </p>
      ))}
      <Thread phone={phone} channel={channel} actions={actions} />
      {phone.unread > 0 && !phone.readsAlone && (
        <button type="button" className="read-all" onClick={() => control.read(phone.id)}>
          Ler {phone.unread === 1 ? 'a mensagem nova' : `as ${phone.unread} mensagens novas`}
        </button>
      )}
      <Composer
        name={phone.name}
        purpose={purpose}
        onCancel={() => setPurpose(null)}
        onText={onText}
        onOther={onOther}
        onFiles={onFiles}
        onVoice={(recording) => told(control.sendVoice(phone.id, channel, recording))}
      />
    </section>
  );
}
