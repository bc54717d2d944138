import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import type { ThreadItem } from '../state/threads.ts';
import type { World } from '../state/world.ts';
import type { Track } from '../webhooks/track.ts';
import { type InboundSpec, secondsOf } from './inbound-spec.ts';

const LABELS: Partial<Record<InboundSpec['type'], string>> = {
  location: 'Localização',
  contacts: 'Cartão de contato',
  order: 'Pedido do catálogo',
  unsupported: 'Mensagem de outro tipo',
  request_welcome: 'Abriu a conversa',
  image: 'Imagem',
  video: 'Vídeo',
  audio: 'Áudio',
  document: 'Documento',
  sticker: 'Figurinha',
  call: 'Ligação',
  number_change: 'Você mudou de número',
  user_id_change: 'Seu identificador mudou',
};

function textOf(spec: InboundSpec): string {
  const label = LABELS[spec.type];
  const own = spec.text ?? spec.title;
  if (label === undefined) return own ?? (spec.type === 'text' ? 'Olá!' : spec.type);
  return own === undefined ? label : `${label}: ${own}`;
}

/** Changes a bubble that stands already; true when the spec was of that kind. */
function touchStanding(spec: InboundSpec, person: Person): boolean {
  if (spec.type !== 'reaction' && spec.type !== 'edit' && spec.type !== 'revoke') return false;
  const target = person.thread.get(spec.target ?? '');
  if (target === undefined) return true;
  if (spec.type === 'reaction') target.reaction = spec.emoji ? spec.emoji : null;
  if (spec.type === 'edit') Object.assign(target, { text: spec.text ?? '', edited: true });
  if (spec.type === 'revoke') target.deleted = true;
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

/** Puts what the person did on the person's own phone: a clock while offline, then ticks. */
export function showOnPhone(
  world: World,
  spec: InboundSpec,
  person: Person,
  channel: Channel,
  sending: { id: string; track: Track },
): void {
  if (spec.type === 'history' || touchStanding(spec, person)) return;
  const standing = person.thread.get(sending.id);
  if (standing !== undefined) {
    if (standing.ticks === 'pending') followTicks(world, person, standing, sending.track);
    return;
  }
  const isSystem = spec.type === 'number_change' || spec.type === 'user_id_change';
  const item = person.thread.add({
    id: sending.id,
    channel: channel.phoneNumberId,
    side: spec.type === 'echo' ? 'business' : isSystem ? 'system' : 'person',
    kind: spec.type,
    text: textOf(spec),
    at: secondsOf(spec.timestamp) * 1_000,
    quotedText: person.thread.get(spec.replyTo ?? '')?.text ?? null,
  });
  if (item.side !== 'person') return;
  if (sending.track.state === 'held') item.ticks = 'pending';
  else followTicks(world, person, item, sending.track);
}
