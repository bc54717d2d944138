import {
  aLink,
  aNewItem,
  aSecondOfAnEndedBlock,
  blockPerson,
  deliver,
  echo,
  forms,
  forward,
  markRead,
  pause,
  react,
  send,
  sinceWhenBlocked,
  unblockPerson,
  type World,
} from './operations.ts';
import { homeOf } from './people.ts';
import { type Item, type ItemKind, type Person, toWall } from './records.ts';
import { askForBlock, askForReading, decideRequest } from './request-operations.ts';
import type { OurNumber } from './setting.ts';
import type { Told } from './webhook-bodies.ts';

/** Few people, so that everybody is always in everybody's way. */
export interface Crowd {
  readonly world: World;
  readonly people: readonly Person[];
  /** Texts that may be answered, changed, forwarded: by person, those that were stored when they were told and not taken back since. */
  readonly stored: Map<Person, { item: Item; messageId: string }[]>;
}

export type Operation = (crowd: Crowd) => Promise<void>;

const aPerson = ({ world, people }: Crowd): Person => world.random.pick(people);
const aNumber = ({ world }: Crowd): OurNumber => world.random.pick(world.setting.numbers);
const numberOf = ({ world }: Crowd, channelId: string): OurNumber => {
  const number = world.setting.numbers.find((one) => one.channelId === channelId);
  if (number === undefined) {
    throw new Error('an item came by a number that we do not have');
  }
  return number;
};
const conversationOf = (crowd: Crowd, person: Person): string =>
  crowd.world.random.pick([...person.conversationIds.values()]);
const toldOf = (crowd: Crowd, item: Item): Told => ({
  item,
  form: crowd.world.random.pick(forms),
});

/** Few, so that several are at the same one at once. */
const mostTexts = 3;

/** What is taken back makes room for the next one, so that in a long run there is still something to answer and to change. */
const keep = async ({ world, stored }: Crowd, item: Item): Promise<void> => {
  const isFull = () => (stored.get(item.person)?.length ?? 0) >= mostTexts;
  const home = isFull() ? undefined : await homeOf(world, item.wamid);
  // Others of the same person may have been kept while the database was asked.
  if (home !== undefined && !isFull()) {
    const known = stored.get(item.person) ?? [];
    stored.set(item.person, [...known, { item, messageId: home.messageId }]);
  }
};

const letGo = ({ stored }: Crowd, { item }: { item: Item }): void => {
  const known = stored.get(item.person) ?? [];
  stored.set(
    item.person,
    known.filter((one) => one.item !== item),
  );
};

export const write: Operation = async (crowd) => {
  const number = aNumber(crowd);
  const item = aNewItem(crowd.world, aPerson(crowd), number);
  await deliver(crowd.world, number, [toldOf(crowd, item)]);
  await keep(crowd, item);
};

/** Something other than words: a picture, a web address, a piece of imported history, a call. */
export const tellOf =
  (kind: ItemKind, markOf?: typeof aLink): Operation =>
  async (crowd) => {
    const { world } = crowd;
    const number = aNumber(crowd);
    const ago = kind === 'history' ? world.random.between(0, 900) : 0;
    const timestamp = Math.floor(Date.now() / 1000) - ago;
    const mark = markOf ? { mark: markOf(world) } : {};
    const item = aNewItem(world, aPerson(crowd), number, { kind, timestamp, ...mark });
    await deliver(world, number, [toldOf(crowd, item)]);
  };

export const writeOnPhone: Operation = async (crowd) => {
  const told = { person: aPerson(crowd), form: crowd.world.random.pick(forms) };
  await echo(crowd.world, aNumber(crowd), told);
};

const mixed = ['text', 'text', 'text', 'image', 'history', 'call'] as const;

export const writeTogether: Operation = async (crowd) => {
  const { world } = crowd;
  const number = aNumber(crowd);
  const told = Array.from({ length: world.random.between(2, 8) }, () =>
    toldOf(crowd, aNewItem(world, aPerson(crowd), number, { kind: world.random.pick(mixed) })),
  );
  const repeated = world.random.chance(0.3) ? told.slice(0, 1) : [];
  await deliver(world, number, [...told, ...repeated]);
};

/** Any, one of the last, or one that came long after it was written. */
const pickToRepeat = ({ world }: Crowd): Item => {
  const all = [...world.records.items.values()].filter((item) => !item.person.isStory);
  const dice = world.random.next();
  if (dice < 0.4) {
    return world.random.pick(all);
  }
  const cameLate = (item: Item): boolean =>
    (item.timestamp + 2) * 1000 < toWall(item.deliveries[0]?.from ?? 0);
  const late = dice < 0.7 ? all.filter(cameLate) : [];
  return world.random.pick(late.length > 0 ? late : all.slice(-40));
};

/** The same webhook once more, at once on both sides or long after. */
export const repeat: Operation = async (crowd) => {
  const { world } = crowd;
  const item = pickToRepeat(crowd);
  const number = numberOf(crowd, item.channelId);
  const again = () => deliver(world, number, [toldOf(crowd, item)]);
  await Promise.all(world.random.chance(0.4) ? [again(), again()] : [again()]);
};

export const writeLate: Operation = async (crowd) => {
  const { world } = crowd;
  const person = aPerson(crowd);
  const number = aNumber(crowd);
  const { random } = world;
  const ago = random.chance(0.5) ? random.between(600, 900) : random.between(1, 20);
  const second = random.chance(0.6) ? aSecondOfAnEndedBlock(world, person) : null;
  const timestamp = second ?? Math.floor(Date.now() / 1000) - ago;
  await deliver(world, number, [toldOf(crowd, aNewItem(world, person, number, { timestamp }))]);
};

const aStoredText = (crowd: Crowd, person: Person) => {
  const known = crowd.stored.get(person) ?? [];
  return known.length === 0 ? undefined : crowd.world.random.pick(known);
};

export const act: Operation = async (crowd) => {
  const { world } = crowd;
  const person = aPerson(crowd);
  const target = aStoredText(crowd, person);
  if (target === undefined) {
    return write(crowd);
  }
  const number = numberOf(crowd, target.item.channelId);
  const kind = world.random.pick(['edit', 'reaction', 'reaction', 'edit', 'revoke'] as const);
  const item = aNewItem(world, person, number, { kind, target: target.item.wamid });
  await deliver(world, number, [toldOf(crowd, item)]);
  if (kind === 'revoke') {
    letGo(crowd, target);
  }
};

export const answer: Operation = async (crowd) => {
  const person = aPerson(crowd);
  await send(crowd.world, person, conversationOf(crowd, person), null);
};

export const reply: Operation = async (crowd) => {
  const person = aPerson(crowd);
  const target = aStoredText(crowd, person);
  if (target === undefined) {
    return answer(crowd);
  }
  const conversationId = person.conversationIds.get(target.item.channelId) ?? '';
  await send(crowd.world, person, conversationId, target.messageId);
};

export const reactTo: Operation = async (crowd) => {
  const person = aPerson(crowd);
  const target = aStoredText(crowd, person);
  await (target === undefined ? answer(crowd) : react(crowd.world, person, target.messageId));
};

export const passOn: Operation = async (crowd) => {
  const { world } = crowd;
  const source = aStoredText(crowd, aPerson(crowd));
  if (source === undefined) {
    return answer(crowd);
  }
  const chosen = new Set(Array.from({ length: world.random.between(1, 4) }, () => aPerson(crowd)));
  const targets = [...chosen].map((person) => ({
    person,
    conversationId: conversationOf(crowd, person),
  }));
  await forward(world, source.messageId, targets);
};

export const see: Operation = async (crowd) => {
  const person = aPerson(crowd);
  await markRead(crowd.world, person, conversationOf(crowd, person));
};

export const block: Operation = async (crowd) => {
  await blockPerson(crowd.world, aPerson(crowd), null);
};

export const blockShortly: Operation = async (crowd) => {
  const { random } = crowd.world;
  const lastsMs = random.chance(0.7) ? random.between(150, 900) : random.between(3_000, 5_000);
  await blockPerson(crowd.world, aPerson(crowd), lastsMs);
};

/** At once, as an undo; or after a while, so that whole seconds lie inside. */
export const blockAndUnblock: Operation = async (crowd) => {
  const { world } = crowd;
  const person = aPerson(crowd);
  await blockPerson(world, person, null);
  if (person.isSlow) {
    return;
  }
  if (world.random.chance(0.5)) {
    await pause(world, 0, 120);
  } else {
    await pause(world, 200, 1_500);
  }
  await unblockPerson(world, person);
};

export const ask: Operation = (crowd) => askForBlock(crowd.world, aPerson(crowd));
export const decide: Operation = (crowd) => decideRequest(crowd.world, crowd.people);
/** WhatsApp's own list of one of our numbers is read, while whoever is on it changes. */
export const readList: Operation = (crowd) => askForReading(crowd.world, aNumber(crowd).channelId);
export const link = tellOf('text', aLink);

export const unblock: Operation = async (crowd) => {
  const person = aPerson(crowd);
  const isTooSoon = person.isSlow && sinceWhenBlocked(crowd.world, person) < 2_700;
  await (isTooSoon ? write(crowd) : unblockPerson(crowd.world, person));
};
