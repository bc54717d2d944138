import { setTimeout as sleep } from 'node:timers/promises';
import type { Focus } from './client.ts';
import { deepStories } from './deep-stories.ts';
import { aNewItem, askAs, deliver, done, type World } from './operations.ts';
import { aPhone, holderOf, homeOf, makePerson, meet } from './people.ts';
import { type Form, now, type Person } from './records.ts';
import { block, makeNoise, surely, unblock, type Writer } from './story-kit.ts';

/**
 * Contacts that become one, or take over one another's identities, while they write and are written to. Each story has
 * people of its own and says itself from when to when they are blocked for certain.
 */

interface Merge {
  readonly to: number;
  /** By a webhook, which does not wait for the wire. */
  readonly skipsWire: boolean;
}

/** An administrator says so, or an item shows it that comes with the identities of both. */
const merge = async (world: World, phoneSide: Person, bsuidSide: Person): Promise<Merge> => {
  const number = world.random.pick(world.setting.numbers);
  if (world.random.chance(0.5)) {
    done(world, 'merge by an item');
    const item = aNewItem(world, phoneSide, number);
    const { to } = await deliver(world, number, [{ item, form: 'both' }]);
    return { to, skipsWire: true };
  }
  done(world, 'merge');
  const { to } = await askAs(world, 'merge', ['POST', `/contacts/${phoneSide.contactId}/merge`], {
    otherContactId: bsuidSide.contactId,
  });
  return { to, skipsWire: false };
};

/** Two contacts of one person, one blocked, become one. */
const mergeStory = async (world: World): Promise<void> => {
  const phoneSide = makePerson(world, { isStory: true });
  const { phone, bsuid } = phoneSide;
  const bsuidSide = makePerson(world, { isStory: true, phone, bsuid });
  const writers: Writer[] = [
    { person: phoneSide, form: 'phone' },
    { person: bsuidSide, form: 'bsuid' },
  ];
  for (const { person, form } of world.random.chance(0.5) ? writers : [...writers].reverse()) {
    await meet(world, person, form);
  }
  const noise = makeNoise(world, writers);
  await sleep(world.random.between(0, 60));
  const started = now();
  const blockedSide = world.random.pick([phoneSide, bsuidSide]);
  const otherSide = blockedSide === phoneSide ? bsuidSide : phoneSide;
  const isAtOnce = world.random.chance(0.5);
  const blocking = block(world, blockedSide.contactId);
  const first = isAtOnce ? undefined : await blocking;
  const merged = await merge(world, phoneSide, bsuidSide);
  let blocked = first ?? (await blocking);
  const kept = (await holderOf(world, `bsuid:${bsuid}`)) ?? bsuidSide.contactId;
  if (blocked.status !== 200) {
    // The contact was merged away before it was blocked.
    blocked = await block(world, kept);
  }
  await sleep(world.random.between(80, 400));
  const lifting = now();
  const both = Math.max(blocked.to, merged.to);
  surely(blockedSide, isAtOnce ? both : blocked.to, lifting, { stillOnWire: blocked.stillOnWire });
  surely(otherSide, both, lifting, {
    stillOnWire: blocked.stillOnWire,
    skipsWire: merged.skipsWire,
  });
  await unblock(world, kept);
  await sleep(world.random.between(0, 100));
  await noise.end();
  for (const person of [phoneSide, bsuidSide]) {
    person.perhaps.push({ from: started, to: now() });
  }
};

/** A blocked person changes the number, to one that nobody has or somebody else. */
const numberChangeStory = async (world: World): Promise<void> => {
  const old = makePerson(world, { isStory: true });
  const next = makePerson(world, { isStory: true, phone: aPhone() });
  const form: Form = world.random.chance(0.5) ? 'phone' : 'both';
  await meet(world, old, form);
  const isTaken = world.random.chance(0.5);
  if (isTaken) {
    await meet(world, next, 'phone');
  }
  const writers: Writer[] = [{ person: old, form: 'phone' }];
  const noise = makeNoise(world, [
    ...writers,
    ...(isTaken ? [{ person: next, form: 'phone' } as const] : []),
  ]);
  const started = now();
  const blocked = await block(world, old.contactId);
  done(world, 'number change');
  const number = world.random.pick(world.setting.numbers);
  const change = aNewItem(world, old, number, { kind: 'number-change', mark: next.phone });
  const changed = await deliver(world, number, [{ item: change, form }]);
  const after = makeNoise(world, [{ person: next, form: 'phone' }]);
  await sleep(world.random.between(80, 300));
  const lifting = now();
  surely(old, blocked.to, lifting, { stillOnWire: blocked.stillOnWire });
  surely(next, changed.to, lifting, { skipsWire: true });
  await after.end();
  // Some stay blocked, so that somebody who moved is on the lists in the end.
  const stays = world.random.chance(0.3);
  if (!stays) {
    await unblock(world, old.contactId);
    const holder = await holderOf(world, `phone:${next.phone}`);
    if (holder !== undefined) {
      await unblock(world, holder);
    }
  }
  await sleep(world.random.between(0, 60));
  await noise.end();
  for (const person of [old, next]) {
    person.perhaps.push({ from: started, to: stays ? Number.POSITIVE_INFINITY : now() });
  }
};

/** Somebody new writes several times at once, spelt in two ways: one person, one contact. */
const firstMessagesStory = async (world: World): Promise<void> => {
  const person = makePerson(world, { isStory: true });
  const told = (['phone', 'short', 'both', 'phone', 'short'] as const).map((form) => {
    done(world, 'inbound');
    const number = world.random.pick(world.setting.numbers);
    const item = aNewItem(world, person, number);
    return { item, delivered: deliver(world, number, [{ item, form }]) };
  });
  await Promise.all(told.map((one) => one.delivered));
  const homes = await Promise.all(told.map(({ item }) => homeOf(world, item.wamid)));
  if (new Set(homes.map((home) => home?.contactId)).size !== 1) {
    world.records.splitPeople.push(person.name);
  }
};

const moves = [mergeStory, mergeStory, numberChangeStory, firstMessagesStory];

/** What is told under a focus: a bug is found sooner when little else is. */
const storiesOf = (focus: Focus) => {
  if (focus === 'deep') {
    return deepStories;
  }
  return focus === 'all' ? [...moves, ...deepStories] : moves;
};

/** One client that tells one story after another until told to stop. */
export const runStories = async (
  world: World,
  focus: Focus,
  goOn: () => boolean,
): Promise<void> => {
  const stories = storiesOf(focus);
  while (goOn()) {
    await world.random.pick(stories)(world);
  }
};
