import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphBlockList } from './graph-block-list.ts';
import { pageAddress } from './graph-pages.ts';
import { type Answer, askApi, postWebhook } from './http.ts';
import { insideWhich, intervalsOf } from './intervals.ts';
import type { Random } from './random.ts';
import {
  count,
  type Form,
  fromWall,
  type Item,
  type ItemKind,
  now,
  type Person,
  type Records,
  toWall,
} from './records.ts';
import type { OurNumber, Setting } from './setting.ts';
import { echoBody, inboundBody, type Told } from './webhook-bodies.ts';

/** What a client does is done through one of these, on a process picked at random, and written down. */
export interface World {
  readonly records: Records;
  readonly setting: Setting;
  readonly servers: readonly string[];
  readonly random: Random;
  /** WhatsApp's own lists. */
  readonly blockList: GraphBlockList;
  /** Where pages are that texts lead to. */
  readonly pages: string;
}

let made = 0;
/** Unlike any other of this run. */
export const aName = (what: string): string => {
  made += 1;
  return `${what}-${made}`;
};

const declared: Readonly<Record<string, readonly number[]>> = {
  webhook: [200],
  send: [202, 404, 409],
  // 422: the text was taken back on WhatsApp meanwhile.
  forward: [200, 404, 422],
  react: [202, 404, 409, 422],
  read: [200, 404],
  block: [200, 404, 422],
  unblock: [200, 404],
  merge: [200, 404, 409],
  // 429: asked too often within an hour.
  ask: [200, 201, 404, 409, 429],
  // 422: the end that was asked for has come before its turn did, as of a block.
  approve: [200, 404, 409, 422],
  refuse: [200, 404, 409],
  requests: [200],
  'read list': [202],
  file: [200, 403, 404, 409],
};

const codeOf = (answer: Answer): string | null => {
  const { code } = answer.body;
  return typeof code === 'string' ? code : null;
};

const checkAnswer = (world: World, operation: string, answer: Answer): Answer => {
  if (!(declared[operation] ?? []).includes(answer.status)) {
    world.records.odd.push({ operation, status: answer.status, code: codeOf(answer) });
  }
  return answer;
};

/** A text that is a web address, for whose page somebody may ask. */
export const aLink = ({ pages }: World): string => pageAddress(pages, aName('page'));

export const forms: readonly Form[] = ['phone', 'short', 'bsuid', 'both'];

export const aNewItem = (
  world: World,
  person: Person,
  number: OurNumber,
  more: Partial<Pick<Item, 'kind' | 'target' | 'timestamp' | 'mark'>> = {},
): Item => {
  const kind: ItemKind = more.kind ?? 'text';
  const item: Item = {
    wamid: aName(kind === 'call' ? 'wamid.call' : 'wamid.in'),
    person,
    kind,
    channelId: number.channelId,
    timestamp: Math.floor(Date.now() / 1000),
    target: null,
    mark: aName(kind),
    deliveries: [],
    ...more,
  };
  world.records.items.set(item.wamid, item);
  return item;
};

/** One webhook; every item in it notes the delivery. */
export const deliver = async (
  world: World,
  number: OurNumber,
  told: readonly Told[],
): Promise<Answer> => {
  const body = inboundBody(number, told);
  const answer = await postWebhook(world.random.pick(world.servers), number.appSecret, body);
  for (const { item } of told) {
    item.deliveries.push({ from: answer.from, to: answer.to, status: answer.status });
  }
  return checkAnswer(world, 'webhook', answer);
};

/** Somebody of ours wrote to this person on the phone app. */
export const echo = async (
  world: World,
  number: OurNumber,
  told: { person: Person; form: Form },
): Promise<void> => {
  const wamid = aName('wamid.echo');
  const body = echoBody(number, wamid, told);
  const answer = await postWebhook(world.random.pick(world.servers), number.appSecret, body);
  const { from, to, status } = answer;
  world.records.echoes.push({ wamid, person: told.person, from, to, status });
  checkAnswer(world, 'webhook', answer);
};

const forAdministrators: ReadonlySet<string> = new Set([
  ...['block', 'unblock', 'merge', 'approve', 'refuse', 'requests', 'read list'],
]);

const keyFor = ({ setting, random }: World, operation: string): string => {
  if (operation === 'ask') {
    return random.pick(setting.askerKeys);
  }
  return forAdministrators.has(operation) ? setting.adminKey : setting.agentKey;
};

export const askAs = async (
  world: World,
  operation: string,
  [method, path]: readonly [method: string, path: string],
  body?: unknown,
): Promise<Answer> => {
  const server = world.random.pick(world.servers);
  return checkAnswer(
    world,
    operation,
    await askApi(server, keyFor(world, operation), method, path, body),
  );
};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const sendStatus = (answer: Answer): 'queued' | 'refused' | 'other' => {
  if (answer.status === 202) {
    return 'queued';
  }
  return answer.status === 409 ? 'refused' : 'other';
};

export const send = async (
  world: World,
  person: Person,
  conversationId: string,
  replyTo: string | null,
): Promise<void> => {
  const kind = replyTo === null ? 'send' : 'reply';
  const answer = await askAs(world, 'send', ['POST', `/conversations/${conversationId}/messages`], {
    type: 'text',
    text: aName('out'),
    ...(replyTo === null ? {} : { replyTo }),
  });
  world.records.sends.push({
    ...{ kind, person, from: answer.from, to: answer.to },
    status: sendStatus(answer),
    code: codeOf(answer),
    messageId: textOf(answer.body['id']) ?? textOf(answer.body['messageId']),
  });
};

/** Our emoji on a message of theirs: it leaves by the gate like a text. */
export const react = async (world: World, person: Person, messageId: string): Promise<void> => {
  const emoji = world.random.pick(['👍', '🙏', '❤️', null]);
  const path = `/messages/${messageId}/reaction`;
  const answer = await askAs(world, 'react', ['PUT', path], { emoji });
  world.records.sends.push({
    ...{ kind: 'react', person, from: answer.from, to: answer.to },
    status: sendStatus(answer),
    code: codeOf(answer),
    // The answer is the message that it is on; its own id is seen at the Graph.
    messageId: null,
  });
};

export const forward = async (
  world: World,
  messageId: string,
  targets: readonly { person: Person; conversationId: string }[],
): Promise<void> => {
  const conversationIds = targets.map((target) => target.conversationId);
  const path = `/messages/${messageId}/forward`;
  const answer = await askAs(world, 'forward', ['POST', path], { conversationIds });
  const { results } = answer.body;
  for (const result of Array.isArray(results) ? (results as Record<string, unknown>[]) : []) {
    const target = targets.find((one) => one.conversationId === result['conversationId']);
    if (target !== undefined) {
      world.records.sends.push({
        ...{ kind: 'forward', person: target.person, from: answer.from, to: answer.to },
        status: result['status'] === 'queued' ? 'queued' : 'refused',
        code: textOf(result['code']),
        messageId: textOf(result['messageId']),
      });
    }
  }
};

export const markRead = async (
  world: World,
  person: Person,
  conversationId: string,
): Promise<void> => {
  const answer = await askAs(world, 'read', ['POST', `/conversations/${conversationId}/read`]);
  const { from, to, status } = answer;
  world.records.reads.push({ person, conversationId, from, to, status });
};

export const stillOnWireOf = (answer: Answer): string[] => {
  const { stillOnWire } = answer.body;
  return Array.isArray(stillOnWire) ? stillOnWire.map(String) : [];
};

/** @param lastsMs ends by the clock after so long */
export const blockPerson = async (
  world: World,
  person: Person,
  lastsMs: number | null,
): Promise<void> => {
  const wall = lastsMs === null ? null : Date.now() + lastsMs;
  const answer = await askAs(world, 'block', ['PUT', `/contacts/${person.contactId}/block`], {
    reason: world.random.pick(['offense', 'spam', 'fraud']),
    ...(wall === null ? {} : { expiresAt: new Date(wall).toISOString() }),
  });
  world.records.blocks.push({
    ...{ person, from: answer.from, to: answer.to, status: answer.status },
    expiresAt: wall === null ? null : fromWall(wall),
    stillOnWire: stillOnWireOf(answer),
  });
};

export const unblockPerson = async (world: World, person: Person): Promise<void> => {
  // Written down before it is asked: from that moment on nothing is certain.
  const started = now();
  const path = `/contacts/${person.contactId}/block`;
  const asked = { person, from: started, to: Number.POSITIVE_INFINITY, status: 0 };
  const place = world.records.unblocks.push(asked) - 1;
  const answer = await askAs(world, 'unblock', ['DELETE', path]);
  world.records.unblocks[place] = { person, from: started, to: answer.to, status: answer.status };
};

/** A second that lies wholly inside a block of this person that has ended; null when there is none yet. */
export const aSecondOfAnEndedBlock = (world: World, person: Person): number | null => {
  const ended = intervalsOf(world.records, person).certain.filter(
    (block) => block.to < now() && block.to - block.from > 2_300,
  );
  if (ended.length === 0) {
    return null;
  }
  const block = world.random.pick(ended);
  const first = Math.floor((toWall(block.from) + 100) / 1000) + 1;
  const last = Math.floor((toWall(block.to) - 100) / 1000) - 1;
  return last < first ? null : world.random.between(first, last);
};

/** For how many milliseconds this person has surely been blocked; infinite when that is not so. */
export const sinceWhenBlocked = (world: World, person: Person): number => {
  const time = now();
  const standing = insideWhich(
    { from: time, to: time },
    intervalsOf(world.records, person).certain,
  );
  return standing === undefined ? Number.POSITIVE_INFINITY : time - standing.from;
};

export const pause = (world: World, from: number, to: number): Promise<void> =>
  sleep(world.random.between(from, to));

export const done = (world: World, operation: string): void => count(world.records, operation);
