import { Wifi, WifiOff } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
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

function Thread({ phone, channel, actions }: PhoneProps & { actions: BubbleActions }) {
  const end = useRef<HTMLOListElement>(null);
  const items = phone.thread.filter((item) => item.channel === channel);
  const last = items.at(-1)?.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when a message arrives
  useLayoutEffect(() => {
    const list = end.current;
    if (list !== null) list.scrollTop = list.scrollHeight;
  }, [last, phone.isTypingShown]);

  return (
    <ol className="thread" ref={end} aria-label={`Conversa de ${phone.name}`}>
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

/** One phone on the desk. */
export function PhoneCard({ phone, channel }: PhoneProps) {
  const [purpose, setPurpose] = useState<Purpose | null>(null);
  const does = (spec: Record<string, unknown>) => control.does(phone.id, channel, spec);
  const actions: BubbleActions = {
    react: ({ id }, emoji) =>
      does({ type: 'reaction', target: id, ...(emoji === null ? {} : { emoji }) }),
    reply: (item) => setPurpose({ kind: 'reply', item }),
    edit: (item) => setPurpose({ kind: 'edit', item }),
    remove: ({ id }) => does({ type: 'revoke', target: id }),
  };
  const onText = (text: string) => {
    if (purpose?.kind === 'edit') does({ type: 'edit', target: purpose.item.id, text });
    else does({ text, ...(purpose === null ? {} : { replyTo: purpose.item.id }) });
    setPurpose(null);
  };
  const lines = linesOf({ phone, channel });
  return (
    <section className="phone" aria-label={`Celular de ${phone.name}`}>
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
        onOther={does}
      />
    </section>
  );
}
