import { setTimeout as sleep } from 'node:timers/promises';
import { deepInvariants, tellOfList } from './deep-oracle.ts';
import type { Answer } from './http.ts';
import { aNewItem, askAs, deliver, done, stillOnWireOf, type World } from './operations.ts';
import { aPhone, type Home, homeOf, makePerson, meet } from './people.ts';
import { now, type Person } from './records.ts';
import { block, makeNoise, surely, unblock } from './story-kit.ts';

/** Stories of identities that appear late, of requests for a block, and of WhatsApp's own list. */

/** To WhatsApp's list and back, answers that break off and the rests after them included. */
const longestWayMs = 20_000;

const isSoon = async (
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<boolean> => {
  const giveUpAt = performance.now() + withinMs;
  while (performance.now() < giveUpAt) {
    if (await isSo()) {
      return true;
    }
    await sleep(25);
  }
  return false;
};

/** Known by one identity and blocked: what is dropped teaches the other one, under which nothing comes in either. */
const lateIdentityStory = async (world: World): Promise<void> => {
  const person = makePerson(world, { isStory: true });
  const [known, late] = world.random.chance(0.5)
    ? (['phone', 'bsuid'] as const)
    : (['bsuid', 'phone'] as const);
  await meet(world, person, known);
  const noise = makeNoise(world, [{ person, form: known }]);
  const started = now();
  const blocked = await block(world, person.contactId);
  done(world, 'late identity');
  const number = world.random.pick(world.setting.numbers);
  await deliver(world, number, [{ item: aNewItem(world, person, number), form: 'both' }]);
  const after = makeNoise(world, [{ person, form: late }]);
  await sleep(world.random.between(80, 300));
  surely(person, blocked.to, now(), { stillOnWire: blocked.stillOnWire });
  await after.end();
  const stays = world.random.chance(0.3);
  if (!stays) {
    await unblock(world, person.contactId);
  }
  await noise.end();
  person.perhaps.push({ from: started, to: stays ? Number.POSITIVE_INFINITY : now() });
};

const ask = (world: World, person: Person): Promise<Answer> => {
  done(world, 'ask');
  return askAs(world, 'ask', ['POST', `/contacts/${person.contactId}/block-requests`], {
    reason: world.random.pick(['offense', 'spam']),
    note: 'please',
  });
};

/** A picture of this person that is here by now. */
const pictureOf = async (world: World, person: Person): Promise<Home | undefined> => {
  const number = world.random.pick(world.setting.numbers);
  const item = aNewItem(world, person, number, { kind: 'image' });
  await deliver(world, number, [{ item, form: 'phone' }]);
  const home = await homeOf(world, item.wamid);
  const isHere = async (): Promise<boolean> => {
    const { rows } = await world.setting.pool.query(
      `select 1 from message_media where message_id = $1 and state = 'ready'`,
      [home?.messageId],
    );
    return rows.length > 0;
  };
  return home !== undefined && (await isSoon(isHere, 8_000)) ? home : undefined;
};

const fileOf = async (world: World, { messageId }: Home): Promise<string> => {
  done(world, 'file');
  const answer = await askAs(world, 'file', ['GET', `/messages/${messageId}/media`]);
  return answer.status === 200 ? 'given' : String(answer.body['code']);
};

const see = (world: World, invariant: string, what: string): void => {
  world.records.seen.push({ invariant, what });
};

const idOf = ({ body }: Answer): string => String(body['id']);

/** Approves, while somebody else may be blocking the same contact. */
const approve = async (world: World, person: Person, requestId: string): Promise<void> => {
  const started = now();
  done(world, 'approve');
  const approving = askAs(world, 'approve', ['POST', `/block-requests/${requestId}/approve`], {});
  const isContested = world.random.chance(0.5);
  const blocking = isContested ? block(world, person.contactId) : undefined;
  const [approved, blocked] = [await approving, await blocking];
  const noise = makeNoise(world, [{ person, form: 'phone' }]);
  await sleep(world.random.between(60, 250));
  surely(person, Math.max(approved.to, blocked?.to ?? 0), now(), {
    stillOnWire: new Set([...stillOnWireOf(approved), ...(blocked?.stillOnWire ?? [])]),
  });
  await unblock(world, person.contactId);
  await noise.end();
  person.perhaps.push({ from: started, to: now() });
};

/** Two agents ask at once; while the request waits the person's files are given to nobody who does not decide. */
const requestStory = async (world: World): Promise<void> => {
  const person = makePerson(world, { isStory: true });
  await meet(world, person, 'phone');
  const picture = await pictureOf(world, person);
  const asked = await Promise.all([ask(world, person), ask(world, person)]);
  const good = asked.filter(({ status }) => status === 200 || status === 201);
  const [first] = good;
  if (picture === undefined || first === undefined) {
    return;
  }
  if (
    new Set(good.map(idOf)).size > 1 ||
    good.filter(({ status }) => status === 201).length !== 1
  ) {
    see(world, deepInvariants.oneRequest, person.name);
  }
  const whileOpen = await fileOf(world, picture);
  if (whileOpen !== 'media-withheld') {
    see(world, deepInvariants.withheld, `${person.name}: ${whileOpen}`);
  }
  if (world.random.chance(0.5)) {
    await approve(world, person, idOf(first));
    return;
  }
  done(world, 'refuse');
  const answer = { answer: 'no' };
  await askAs(world, 'refuse', ['POST', `/block-requests/${idOf(first)}/refuse`], answer);
  if ((await fileOf(world, picture)) === 'media-withheld') {
    see(world, deepInvariants.withheld, `${person.name}: still, after the decision`);
  }
};

/**
 * Blocked, and gone to another number, of which one of our numbers is told: all of them are asked for the new one, though
 * nobody writes any more.
 */
const movedStory = async (world: World): Promise<void> => {
  const person = makePerson(world, { isStory: true });
  const next = makePerson(world, { isStory: true, phone: aPhone() });
  const form = world.random.pick(['phone', 'both'] as const);
  await meet(world, person, form);
  const started = now();
  const blocked = await block(world, person.contactId);
  done(world, 'number change');
  const number = world.random.pick(world.setting.numbers);
  const change = aNewItem(world, person, number, { kind: 'number-change', mark: next.phone });
  await deliver(world, number, [{ item: change, form }]);
  surely(person, blocked.to, now(), { stillOnWire: blocked.stillOnWire });
  for (const one of [person, next]) {
    one.perhaps.push({ from: started, to: Number.POSITIVE_INFINITY });
  }
};

/** Somebody takes a blocked person off WhatsApp's list: what they write next puts them on it again. */
const healStory = async (world: World): Promise<void> => {
  const person = makePerson(world, { isStory: true });
  const names = [person.phone, person.bsuid];
  world.blockList.spare(names);
  await meet(world, person, 'phone');
  const started = now();
  const blocked = await block(world, person.contactId);
  const number = world.random.pick(world.setting.numbers);
  const isThere = (): boolean => world.blockList.holds(number.phoneNumberId, names);
  if (!(await isSoon(isThere, longestWayMs))) {
    const told = await tellOfList(world.setting, number.channelId, person.contactId);
    see(world, deepInvariants.healed, `${person.name}: never on the list, ${told}`);
  }
  world.blockList.takeOff(number.phoneNumberId, names);
  done(world, 'heal');
  await deliver(world, number, [{ item: aNewItem(world, person, number), form: 'phone' }]);
  if (!(await isSoon(isThere, longestWayMs))) {
    const told = await tellOfList(world.setting, number.channelId, person.contactId);
    see(world, deepInvariants.healed, `${person.name}: not on the list again, ${told}`);
  }
  surely(person, blocked.to, now(), { stillOnWire: blocked.stillOnWire });
  // Some stay blocked, so that there is somebody on the lists in the end.
  if (world.random.chance(0.6)) {
    await unblock(world, person.contactId);
    person.perhaps.push({ from: started, to: now() });
  } else {
    person.perhaps.push({ from: started, to: Number.POSITIVE_INFINITY });
  }
};

export const deepStories = [lateIdentityStory, requestStory, movedStory, healStory];
