import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import type { InboundRecord, World } from '../state/world.ts';
import { Track, type Update } from '../webhooks/track.ts';
import type { SendOptions } from '../webhooks/webhook-sender.ts';
import { makeCallId, makeMessageId } from '../wire/ids.ts';
import { buildInbound, type Inbound } from '../wire/inbound-value.ts';
import { digitsOf } from '../wire/phone-forms.ts';
import { changeIdentity, isChange } from './change-identity.ts';
import { channelNamed, personOf } from './find-person.ts';
import { type InboundSpec, secondsOf } from './inbound-spec.ts';
import { senderOf, updateAbout } from './send-updates.ts';
import { showOnPhone } from './show-on-phone.ts';

const TITLES: Partial<Record<InboundSpec['type'], string>> = {
  text: 'mensagem',
  reaction: 'reação',
  edit: 'edição',
  revoke: 'exclusão',
  call: 'ligação',
  echo: 'eco do aparelho',
  history: 'histórico',
  number_change: 'troca de número',
  user_id_change: 'troca de identificador',
};

const REMEMBERED = 200_000;

/** A blocked person's own doing is silent; what WhatsApp or the business tells is not. */
function isSilenced(spec: InboundSpec, person: Person, channel: Channel): string | null {
  if (spec.force) return null;
  if (spec.type === 'revoke' && !channel.coexistence) return 'not-told';
  const isOwnDoing = !isChange(spec) && spec.type !== 'echo' && spec.type !== 'history';
  if (isOwnDoing && spec.groupId === undefined && channel.blockList.has(person.id)) {
    return 'blocked';
  }
  return null;
}

function noteActivity(spec: InboundSpec, person: Person, channel: Channel): void {
  if (isChange(spec) || spec.type === 'echo' || spec.groupId !== undefined) return;
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
): Inbound {
  const draft = { id, spec, channel, sender: senderOf(world, person, channel) };
  if (isChange(spec)) return changeIdentity(world, spec, person, draft);
  const quotesOwn = person.thread.get(spec.replyTo ?? '')?.side === 'person';
  return buildInbound({ ...draft, quotesOwn });
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
): Update | null {
  const silenced = isSilenced(spec, person, channel);
  const { track, id } = record;
  showOnPhone(world, spec, person, channel, { id, track });
  if (silenced !== null) {
    track.move('suppressed', silenced);
    const why = silenced === 'blocked' ? 'bloqueado no WhatsApp' : 'não é contado a este número';
    world.log.add('note', `retido · ${person.name}: ${why}`, {
      channel: channel.phoneNumberId,
    });
    return null;
  }
  noteActivity(spec, person, channel);
  const { field, value } = build(world, spec, person, channel, id);
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
    if (person.isOnline) {
      const update = depart(world, spec, person, channel, record);
      if (update !== null) ready.push(update);
    } else {
      record.track.move('held', 'offline');
      showOnPhone(world, spec, person, channel, record);
      person.waiting.push(() => {
        const update = depart(world, spec, person, channel, record);
        if (update !== null) world.webhooks.send([update], options);
      });
    }
    world.touch(person);
    return record;
  });
  if (ready.length > 0) world.webhooks.send(ready, options);
  return records;
}
