import type { Card } from '../state/card.ts';
import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import { quoteOf, type ThreadItem } from '../state/threads.ts';
import type { World } from '../state/world.ts';
import type { Track } from '../webhooks/track.ts';
import type { Attached } from './attach-file.ts';
import { cardFor } from './card-for.ts';
import { type InboundSpec, secondsOf } from './inbound-spec.ts';

const LABELS: Partial<Record<InboundSpec['type'], string>> = {
  text: 'Olá!',
  contacts: '',
  order: 'Pedido do catálogo',
  unsupported: 'Mensagem de outro tipo',
  request_welcome: 'Abriu a conversa',
  flow_reply: 'Formulário respondido',
  call_permission_reply: 'Respondeu se aceita ligações',
  number_change: 'Você mudou de número',
  user_id_change: 'Seu identificador mudou',
};

const WITHOUT_WORDS = new Set(['image', 'video', 'audio', 'document', 'sticker', 'location']);

function callText({ callEvent, callStatus, duration }: InboundSpec): string {
  if (callEvent !== 'terminate') return 'Ligação em curso';
  return callStatus === 'FAILED' ? 'Ligação perdida' : `Ligação de ${duration ?? 12} s`;
}

function kindOf(spec: InboundSpec): InboundSpec['type'] {
  return spec.type === 'echo' ? (spec.kind ?? 'text') : spec.type;
}

function sideOf({ type }: InboundSpec): ThreadItem['side'] {
  if (type === 'echo') return 'business';
  return type === 'number_change' || type === 'user_id_change' ? 'system' : 'person';
}

function textOf(spec: InboundSpec): string {
  const type = kindOf(spec);
  if (type === 'call') return callText(spec);
  if (WITHOUT_WORDS.has(type)) return spec.text ?? '';
  const own = spec.text ?? spec.title;
  return own ?? (spec.type === 'echo' ? 'Respondido pelo aparelho' : (LABELS[type] ?? type));
}

/** Changes a bubble that stands already; true when the spec was of that kind. */
function touchStanding(spec: InboundSpec, person: Person): boolean {
  const type = kindOf(spec);
  if (type !== 'reaction' && type !== 'edit' && type !== 'revoke') return false;
  const target = person.thread.get(spec.target ?? '');
  if (target === undefined) return true;
  if (type === 'reaction') target.reaction = spec.emoji ? spec.emoji : null;
  if (type === 'edit') Object.assign(target, { text: spec.text ?? '', edited: true });
  if (type === 'revoke') target.deleted = true;
  return true;
}

function followTicks(world: World, person: Person, item: ThreadItem, track: Track): void {
  item.ticks = 'sent';
  track.whenOver(() => {
    if (track.state !== 'delivered' || item.ticks !== 'sent') return;
    item.ticks = 'delivered';
    world.touch(person);
  });
}

function emptyToNull(card: Card): Card | null {
  return Object.keys(card).length === 0 ? null : card;
}

/** Puts what the person did on the person's own phone: a clock while offline, then ticks. */
export function showOnPhone(
  world: World,
  spec: InboundSpec,
  person: Person,
  channel: Channel,
  sending: { id: string; track: Track; file: Attached | null },
): void {
  if (spec.type === 'history' || spec.type === 'contact_sync') return;
  if (touchStanding(spec, person)) return;
  const standing = person.thread.get(sending.id);
  if (standing !== undefined) {
    // The end of a call is told under the same id as its start.
    if (spec.type === 'call') standing.text = callText(spec);
    if (standing.ticks === 'pending') followTicks(world, person, standing, sending.track);
    return;
  }
  const item = person.thread.add({
    id: sending.id,
    channel: channel.phoneNumberId,
    side: sideOf(spec),
    kind: kindOf(spec),
    text: textOf(spec),
    card: emptyToNull(cardFor(spec, sending.file)),
    at: secondsOf(spec.timestamp) * 1_000,
    quotedText: quoteOf(person.thread.get(spec.replyTo ?? '')),
  });
  if (item.side !== 'person') return;
  if (sending.track.state === 'held') item.ticks = 'pending';
  else followTicks(world, person, item, sending.track);
}
