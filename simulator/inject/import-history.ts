import { makeSample } from '../media/make-media.ts';
import type { Channel } from '../state/channels.ts';
import type { Person } from '../state/people.ts';
import type { World } from '../state/world.ts';
import { Track, type Update } from '../webhooks/track.ts';
import { makeMessageId } from '../wire/ids.ts';
import { identityFields, phoneField, type Sender } from '../wire/sender.ts';
import { type HistoryLine, historyOf } from './sample-history.ts';
import { senderOf } from './send-updates.ts';

const DAY_S = 86_400;
const LAST_DAY_OF_PHASE = [1, 90, 180];

export interface HistoryOptions {
  /** The owner of the number does not share it. */
  declined?: boolean | undefined;
  /** Which people, by any reference; samples when nobody is named. */
  people?: readonly Person[] | undefined;
  perPerson?: number | undefined;
  perChunk?: number | undefined;
  /** Chunks in any order, as may happen. */
  shuffled?: boolean | undefined;
  everyMs?: number | undefined;
}

interface Entry {
  person: Person;
  sender: Sender;
  line: HistoryLine;
  id: string;
}

type Json = Record<string, unknown>;

function wireOf({ sender, line, id }: Entry, channel: Channel): Json {
  const isOurs = line.side === 'business';
  const content = line.media
    ? { type: 'media_placeholder' }
    : { type: 'text', text: { body: line.text } };
  return {
    ...(isOurs
      ? { from: channel.displayPhoneNumber, ...identityFields('to', sender) }
      : identityFields('from', sender)),
    id,
    timestamp: String(line.seconds),
    ...content,
    history_context: { status: line.media ? 'DELIVERED' : 'READ' },
  };
}

function threadsOf(entries: readonly Entry[], channel: Channel): Json[] {
  const byPerson = new Map<Person, Entry[]>();
  for (const entry of entries) {
    const standing = byPerson.get(entry.person);
    if (standing === undefined) byPerson.set(entry.person, [entry]);
    else standing.push(entry);
  }
  return [...byPerson.values()].map((those) => {
    const sender = those[0]?.sender;
    const context =
      sender === undefined
        ? {}
        : {
            ...phoneField('wa_id', sender),
            user_id: sender.userId,
            ...(sender.username === null ? {} : { username: sender.username }),
          };
    return {
      id: sender?.waId ?? '',
      context,
      messages: those.map((entry) => wireOf(entry, channel)),
    };
  });
}

function phaseOf({ line }: Entry): number {
  const days = (Date.now() / 1_000 - line.seconds) / DAY_S;
  const phase = LAST_DAY_OF_PHASE.findIndex((last) => days < last);
  return phase === -1 ? 2 : phase;
}

interface Chunk {
  phase: number;
  order: number;
  entries: Entry[];
}

function chunksOf(entries: readonly Entry[], perChunk: number): Chunk[] {
  return [0, 1, 2].flatMap((phase) => {
    const those = entries.filter((entry) => phaseOf(entry) === phase);
    const count = Math.ceil(those.length / perChunk);
    return Array.from({ length: count }, (_, index) => ({
      phase,
      order: index + 1,
      entries: those.slice(index * perChunk, (index + 1) * perChunk),
    }));
  });
}

function update(channel: Channel, value: Json, title: string): Update {
  const lane = `history ${channel.phoneNumberId}`;
  return { channel, field: 'history', value, lane, title, track: new Track() };
}

/** The picture behind a placeholder comes later, by a webhook of its own. */
function mediaUpdate(world: World, channel: Channel, entry: Entry): Update {
  const { person, sender, line, id } = entry;
  const { bytes, mimeType } = makeSample('receipt', { seed: line.seconds % 1_000 });
  const media = world.media.add({
    channel: channel.phoneNumberId,
    origin: 'inbound',
    owner: person.id,
    mimeType,
    fileName: null,
    bytes,
    forMs: world.settings.media.inboundMs,
  });
  const sha256 = Buffer.from(media.sha256, 'hex').toString('base64');
  const message = {
    ...identityFields('from', sender),
    id,
    timestamp: String(line.seconds),
    type: 'image',
    image: { mime_type: mimeType, sha256, id: media.id, caption: line.text },
  };
  return update(channel, { messages: [message] }, `histórico: arquivo · ${person.name}`);
}

/** Old lines stand on a phone that has none yet. */
function showOnPhones(world: World, channel: Channel, entries: readonly Entry[]): void {
  const empty = new Set(
    entries.map(({ person }) => person).filter((person) => person.thread.list().length === 0),
  );
  for (const { person, line, id } of entries) {
    if (!empty.has(person)) continue;
    person.thread.add({
      id,
      channel: channel.phoneNumberId,
      side: line.side,
      kind: line.media ? 'image' : 'text',
      text: line.text,
      at: line.seconds * 1_000,
      ticks: line.side === 'person' ? 'read' : 'none',
    });
  }
  for (const person of empty) world.touch(person);
}

function updatesOf(
  world: World,
  channel: Channel,
  entries: readonly Entry[],
  options: HistoryOptions,
): Update[] {
  const chunks = chunksOf(entries, options.perChunk ?? 30);
  const told = chunks.map(({ phase, order, entries: those }, index) => {
    const progress = Math.round(((index + 1) / chunks.length) * 100);
    const metadata = { phase, chunk_order: order, progress };
    const history = [{ metadata, threads: threadsOf(those, channel) }];
    return update(channel, { history }, `histórico ${progress} %`);
  });
  const ordered = options.shuffled === true ? told.toReversed() : told;
  // Details come only for files of less than 14 days.
  const recent = entries.filter(
    ({ line }) => line.media && Date.now() / 1_000 - line.seconds < 14 * DAY_S,
  );
  return [...ordered, ...recent.map((entry) => mediaUpdate(world, channel, entry))];
}

/** Tells old conversations in chunks, as after a number joins from the Business app. */
export function importHistory(
  world: World,
  channel: Channel,
  options: HistoryOptions = {},
): Track[] {
  if (options.declined === true) {
    const title = 'History sharing is turned off by the business';
    const errors = [{ code: 2593109, title, message: title, error_data: { details: title } }];
    const refusal = update(channel, { history: [{ errors }] }, 'histórico não compartilhado');
    world.webhooks.send([refusal]);
    return [refusal.track];
  }
  const entries = historyOf(world, options.people, options.perPerson ?? 12)
    .map(({ person, line }): Entry => {
      const sender = senderOf(world, person, channel);
      return { person, sender, line, id: makeMessageId(sender.waId || '0', 'in') };
    })
    .sort((a, b) => a.line.seconds - b.line.seconds);
  showOnPhones(world, channel, entries);
  const updates = updatesOf(world, channel, entries, options);
  updates.forEach((one, index) => {
    world.later(index * (options.everyMs ?? 100), () => world.webhooks.send([one]));
  });
  return updates.map(({ track }) => track);
}
