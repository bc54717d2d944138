import { addressOf } from '../graph/media-edges.ts';
import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import type { InboundRecord, World } from '../state/world.ts';
import { Track, type Update } from '../webhooks/track.ts';
import type { SendOptions } from '../webhooks/webhook-sender.ts';
import { makeCallId, makeMessageId } from '../wire/ids.ts';
import { buildInbound, type Inbound } from '../wire/inbound-value.ts';
import type { WireFile } from '../wire/media-body.ts';
import { digitsOf } from '../wire/phone-forms.ts';
import { type Attached, attachFile } from './attach-file.ts';
import { changeIdentity, isChange } from './change-identity.ts';
import { channelNamed, personOf } from './find-person.ts';
import { type InboundSpec, secondsOf } from './inbound-spec.ts';
import { senderOf, updateAbout } from './send-updates.ts';
import { showOnPhone } from './show-on-phone.ts';
import { stateOf } from './sync-contacts.ts';

const TITLES: Partial<Record<InboundSpec['type'], string>> = {
  text: 'mensagem',
  reaction: 'reação',
  edit: 'edição',
  revoke: 'exclusão',
  image: 'imagem',
  video: 'vídeo',
  audio: 'áudio',
  document: 'documento',
  sticker: 'figurinha',
  location: 'localização',
  contacts: 'cartão de contato',
  order: 'pedido',
  button: 'botão',
  button_reply: 'botão',
  list_reply: 'item da lista',
  flow_reply: 'formulário',
  unsupported: 'outro tipo',
  contact_sync: 'agenda do aparelho',
  call: 'ligação',
  echo: 'eco do aparelho',
  history: 'histórico',
  number_change: 'troca de número',
  user_id_change: 'troca de identificador',
};

const REMEMBERED = 200_000;

const TOLD_ABOUT = new Set<InboundSpec['type']>(['echo', 'history', 'contact_sync']);

/** A blocked person's own doing is silent; what WhatsApp or the business tells is not. */
function isSilenced(spec: InboundSpec, person: Person, channel: Channel): string | null {
  if (spec.force) return null;
  if (spec.type === 'revoke' && !channel.coexistence) return 'not-told';
  const isOwnDoing = !isChange(spec) && !TOLD_ABOUT.has(spec.type);
  if (isOwnDoing && spec.groupId === undefined && channel.blockList.has(person.id)) {
    return 'blocked';
  }
  return null;
}

function noteActivity(spec: InboundSpec, person: Person, channel: Channel): void {
  if (isChange(spec) || spec.groupId !== undefined) return;
  if (spec.type === 'echo' || spec.type === 'contact_sync') return;
  const isOldNews = spec.type === 'history' && spec.timestamp === undefined;
  if (isOldNews) return;
  const at = secondsOf(spec.timestamp) * 1_000;
  const last = spec.type === 'call' ? person.lastCallAt : person.lastInboundAt;
  last.set(channel.phoneNumberId, Math.max(at, last.get(channel.phoneNumberId) ?? 0));
}

function build(
  world: World,
  spec: InboundSpec,
  person: Person,
  channel: Channel,
  id: string,
  file: Attached | null,
): Inbound {
  const sender = senderOf(world, person, channel);
  if (spec.type === 'contact_sync') return contactNews(world, spec, person, channel);
  const draft = { id, spec, channel, sender, file: wireFile(world, spec, file) };
  if (isChange(spec)) return changeIdentity(world, spec, person, draft);
  const quotesOwn = person.thread.get(spec.replyTo ?? '')?.side === 'person';
  return buildInbound({ ...draft, quotesOwn });
}

function contactNews(world: World, spec: InboundSpec, person: Person, channel: Channel): Inbound {
  const seconds = secondsOf(spec.timestamp);
  const action = spec.contactAction ?? 'add';
  const entry = stateOf(world, channel, person, action, seconds, spec.bookName);
  const value = { state_sync: [entry], ...spec.value };
  return { field: spec.field ?? 'smb_app_state_sync', value };
}

/** The file as this webhook tells of it: its address is good from now on, for a few minutes. */
function wireFile(world: World, spec: InboundSpec, file: Attached | null): WireFile | null {
  if (file === null) return null;
  const {
    url: isTold = world.settings.media.urlInWebhooks,
    urlInstead,
    wrongSha,
  } = spec.media ?? {};
  const address =
    file.media === null || !isTold
      ? null
      : addressOf(world, file.media, world.publicUrl, 'webhook');
  return {
    ...file,
    sha256: wrongSha === true ? Buffer.alloc(32, 7).toString('base64') : file.sha256,
    url: urlInstead ?? address,
  };
}

function remember(world: World, record: InboundRecord): void {
  world.inbound.set(record.id, record);
  if (world.inbound.size <= REMEMBERED) return;
  const oldest = world.inbound.keys().next();
  if (!oldest.done) world.inbound.delete(oldest.value);
}

/** The update once it leaves the phone, or null when the business is never told. */
function depart(
  world: World,
  spec: InboundSpec,
  person: Person,
  channel: Channel,
  record: InboundRecord,
  file: Attached | null,
): Update | null {
  const silenced = isSilenced(spec, person, channel);
  const { track, id } = record;
  showOnPhone(world, spec, person, channel, { id, track, file });
  if (silenced !== null) {
    track.move('suppressed', silenced);
    const why = silenced === 'blocked' ? 'bloqueado no WhatsApp' : 'não é contado a este número';
    world.log.add('note', `retido · ${person.name}: ${why}`, {
      channel: channel.phoneNumberId,
    });
    return null;
  }
  noteActivity(spec, person, channel);
  const { field, value } = build(world, spec, person, channel, id, file);
  track.move('waiting');
  const title = `${TITLES[spec.type] ?? spec.type} · ${person.name}`;
  return updateAbout(person, channel, { field, value, title, track });
}

function idFor(spec: InboundSpec, person: Person): string {
  if (spec.id !== undefined) return spec.id;
  if (spec.type === 'call') return makeCallId();
  const digits = person.hidden === 'no' ? person.waId : digitsOf(person.userId ?? person.id);
  return makeMessageId(digits, 'in');
}

/** Options of one injection that concern all its items. */
export type InjectOptions = Pick<SendOptions, 'sameBody' | 'shape' | 'copies' | 'delayMs'>;

/** Makes people do things; an offline person's things wait on the phone. */
export function injectInbound(
  world: World,
  specs: readonly InboundSpec[],
  options: InjectOptions = {},
): InboundRecord[] {
  const ready: Update[] = [];
  const records = specs.map((spec) => {
    const channel = channelNamed(world, spec.channel);
    const person = personOf(world, spec, channel);
    const record: InboundRecord = {
      id: idFor(spec, person),
      at: new Date().toISOString(),
      channel: channel.phoneNumberId,
      personId: person.id,
      type: spec.type,
      track: new Track(),
    };
    remember(world, record);
    const file = attachFile(world, spec, person, channel);
    if (person.isOnline) {
      const update = depart(world, spec, person, channel, record, file);
      if (update !== null) ready.push(update);
    } else {
      record.track.move('held', 'offline');
      showOnPhone(world, spec, person, channel, { id: record.id, track: record.track, file });
      person.waiting.push(() => {
        const update = depart(world, spec, person, channel, record, file);
        if (update !== null) world.webhooks.send([update], options);
      });
    }
    world.touch(person);
    return record;
  });
  if (ready.length > 0) world.webhooks.send(ready, options);
  return records;
}
