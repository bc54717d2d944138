import { setTimeout as sleep } from 'node:timers/promises';
import { aNewItem, askAs, deliver, done, send, stillOnWireOf, type World } from './operations.ts';
import { aPhone, holderOf, homeOf, makePerson, meet } from './people.ts';
import { type CertainBlock, type Form, now, type Person } from './records.ts';

/**
 * Contacts that become one, or take over one another's identities, while they write and are written to. Each story has
 * people of its own and says itself from when to when they are blocked for certain.
 */

interface Writer {
  readonly person: Person;
  readonly form: Form;
}

/** Writes as these people, and to them, until the story is over. */
const makeNoise = (world: World, writers: readonly Writer[]): { end(): Promise<void> } => {
  let isOver = false;
  const loop = async (): Promise<void> => {
    while (!isOver) {
      const { person } = world.random.pick(writers);
      const number = world.random.pick(world.setting.numbers);
      const conversationId = person.conversationIds.get(number.channelId);
      if (conversationId !== undefined && world.random.chance(0.3)) {
        done(world, 'send');
        await send(world, person, conversationId, null);
      } else {
        done(world, 'inbound');
        const items = writers.map((writer) =>
          writer.person === person || world.random.chance(0.4)
            ? [{ item: aNewItem(world, writer.person, number), form: writer.form }]
            : [],
        );
        await deliver(world, number, items.flat());
      }
      await sleep(world.random.between(0, 8));
    }
  };
  const loops = [loop(), loop()];
  return {
    end: async () => {
      isOver = true;
      await Promise.all(loops);
    },
  };
};

const block = async (world: World, contactId: string) => {
  done(world, 'block');
  const answer = await askAs(world, 'block', ['PUT', `/contacts/${contactId}/block`], {
    reason: 'offense',
  });
  return { ...answer, stillOnWire: new Set(stillOnWireOf(answer)) };
};

const unblock = async (world: World, contactId: string): Promise<void> => {
  done(world, 'unblock');
  await askAs(world, 'unblock', ['DELETE', `/contacts/${contactId}/block`]);
};

const surely = (
  person: Person,
  from: number,
  to: number,
  more: Partial<CertainBlock> = {},
): void => {
  person.surely.push({ from, to, stillOnWire: new Set(), skipsWire: false, ...more });
};

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
  await unblock(world, old.contactId);
  const holder = await holderOf(world, `phone:${next.phone}`);
  if (holder !== undefined) {
    await unblock(world, holder);
  }
  await sleep(world.random.between(0, 60));
  await noise.end();
  for (const person of [old, next]) {
    person.perhaps.push({ from: started, to: now() });
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

const stories = [mergeStory, mergeStory, numberChangeStory, firstMessagesStory];

/** One client that tells one story after another until told to stop. */
export const runStories = async (world: World, goOn: () => boolean): Promise<void> => {
  while (goOn()) {
    await world.random.pick(stories)(world);
  }
};
