import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  coverMessages,
  insertCoverReveal,
  removeMessages,
  restoreMessages,
} from '#features/conversations/server/index.ts';
import { aMediaChannel, aPicture, runFetch } from '#features/media/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { roles } from '#platform/shared/role.ts';
import { type Operation, readOperations } from './testing/api-document.ts';
import { crawl } from './testing/crawl.ts';
import type { Caller } from './testing/http-client.ts';
import { rowsOfWorkspace } from './testing/leaks.ts';
import { connectLive, type LiveClient } from './testing/live-client.ts';
import { anAnswer, aReceivedFile } from './testing/received-picture.ts';
import { messageFrom, textFrom, write } from './testing/signed-webhook.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import {
  aStranger,
  aThread,
  type TestThread,
  type TestWorkspace,
  threadOf,
} from './testing/test-workspace.ts';

const canary = 'canarinho7421';
const stranger = 'sabiazinho9035';
const readings = { timeout: 240_000 };

let app: TestApp;
let a: TestWorkspace;
let operations: ReadonlyMap<string, Operation>;
let thread: TestThread;
let other: TestThread;
/** Everything that says it: what came, what was forwarded of it, what quotes it. */
let named: string[];
let picture: string;
let links: string[];
let live: LiveClient;
const requestId = newId();

const actorOf = (): Actor => ({
  kind: 'member',
  id: a.team.moderator.memberId,
  workspaceId: a.id,
  role: 'moderator',
});

const post = async (path: string, body: unknown): Promise<{ id: string }> => {
  const answer = await app.http(path, { ...a.team.agent, method: 'POST', body });
  expect([path, answer.status < 300], answer.text).toEqual([path, true]);
  return answer.json as { id: string };
};

const callers = (): [string, Caller][] =>
  roles.flatMap((role): [string, Caller][] => [
    [`person ${role}`, { cookie: a.team[role].cookie }],
    [`key ${role}`, { key: a.keys[role].key }],
  ]);

/** All that this caller can read, searches for it included. */
const readAll = async (caller: Caller): Promise<string[]> => {
  const places = [thread, other].flatMap(({ contactId, conversationId }) => [
    contactId,
    conversationId,
  ]);
  const ids = [...links, ...places];
  const told = [...(await crawl(app.http, operations.values(), caller, ids, false))];
  for (const path of [
    `/api/v1/messages/search?query=${canary}`,
    `/api/v1/messages/search?query=${canary}&conversationId=${thread.conversationId}`,
    `/api/v1/conversations?search=${canary}`,
  ]) {
    // The query alone may be repeated, and an answer to a search repeats none.
    told.push((await app.http(path, caller)).text);
  }
  return told;
};

const expectNothingTold = async (): Promise<void> => {
  for (const [name, caller] of callers().filter(([one]) => !one.startsWith('key a'))) {
    const told = (await readAll(caller)).filter((text) => text.includes(canary));
    expect([name, told]).toEqual([name, []]);
  }
};

const getMedia = async (caller: Caller, path: string, headers: Record<string, string>) => {
  const response = await fetch(`${app.url}/api/v1/messages/${picture}/${path}`, {
    headers: {
      ...(caller.cookie === undefined ? {} : { cookie: caller.cookie }),
      ...(caller.key === undefined ? {} : { authorization: `Bearer ${caller.key}` }),
      ...headers,
    },
  });
  await response.arrayBuffer();
  return { status: response.status, headers: response.headers };
};

const expectNoBytes = async (status: number, etag: string): Promise<void> => {
  for (const [name, caller] of callers()) {
    for (const path of ['media', 'media/thumbnail']) {
      for (const headers of [{}, { range: 'bytes=0-3' }, { 'if-none-match': etag }]) {
        const answer = await getMedia(caller, path, headers);
        expect([name, path, answer.status, answer.headers.get('etag')]).toEqual([
          ...[name, path, status],
          null,
        ]);
      }
    }
  }
};

const readMessages = async (): Promise<unknown> => {
  const read: unknown[] = [];
  for (const id of links) {
    read.push((await app.http(`/api/v1/messages/${id}`, a.team.agent)).json);
  }
  for (const { conversationId } of [thread, other]) {
    read.push((await app.http(`/api/v1/conversations/${conversationId}`, a.team.agent)).json);
  }
  return read;
};

/** What is said in each of the ways in which something is said. */
const sayEverything = async (): Promise<void> => {
  const { person } = thread;
  const card = { name: { formatted_name: canary, first_name: canary }, phones: [] };
  const image = { id: '3000', mime_type: 'image/jpeg', caption: `foto ${canary}` };
  const answers = [
    textFrom(person, `texto ${canary} https://exemplo.example/${canary}`),
    messageFrom(person, { type: 'image', image }),
    messageFrom(person, {
      type: 'document',
      document: { id: '3001', mime_type: 'application/pdf', filename: `${canary}.pdf` },
    }),
    messageFrom(person, {
      type: 'location',
      location: { latitude: -23.5, longitude: -46.6, name: canary, address: canary },
    }),
    messageFrom(person, { type: 'contacts', contacts: [card] }),
    messageFrom(person, { type: 'invented', invented: { body: canary } }),
  ];
  for (const message of answers) {
    expect((await write(app.http, a.number, person, message)).status).toBe(200);
  }
  const { messageIds } = await threadOf(app.deps, a.id, person);
  named = messageIds.slice(0, answers.length);
  picture = named[4] ?? '';
};

beforeAll(async () => {
  app = await startTestApp({ isLive: true });
  a = app.a;
  operations = await readOperations(app.http);
  [thread, other] = [await aThread(app.deps, app.http, a), await aThread(app.deps, app.http, a)];
  const path = `/api/v1/conversations/${thread.conversationId}/messages`;
  await anAnswer(app, a, thread.conversationId);
  await sayEverything();
  await runFetch(app.deps, aMediaChannel(await aPicture()).channel, a.id, picture);
  const [first = ''] = [...named].reverse();
  const own = await post(path, { type: 'text', text: `nossa ${canary}` });
  const reply = await post(path, { type: 'text', text: 'resposta', replyTo: first });
  named.push(own.id);
  for (const id of [first, picture, own.id]) {
    await post(`/api/v1/messages/${id}/forward`, { conversationIds: [other.conversationId] });
  }
  const copies = await threadOf(app.deps, a.id, other.person);
  links = [...named, ...copies.messageIds, reply.id];
  live = await connectLive(app.url, { cookie: a.team.agent.cookie });
}, 120_000);
afterAll(async () => {
  live.close();
  await app.close();
});

describe('what is covered', () => {
  let before: unknown;
  let etag = '';

  it('was told to everybody', readings, async () => {
    before = await readMessages();
    expect(JSON.stringify(before)).toContain(canary);
    const given = await getMedia(a.team.agent, 'media', {});
    expect([given.status, given.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    etag = given.headers.get('etag') ?? '';
  });

  it('is in no answer to anybody, nor in a live event, nor are its bytes', readings, async () => {
    const heard = live.heard.length;
    await inTx(app.deps, actorOf(), (ctx) => coverMessages(ctx, { requestId, messageIds: named }));
    await live.hear('"withheld":"covered"');
    await expectNothingTold();
    await expectNoBytes(403, etag);
    expect(live.heard.slice(heard).filter((event) => event.includes(canary))).toEqual([]);
  });

  it('is back exactly as it was', readings, async () => {
    await inTx(app.deps, actorOf(), (ctx) =>
      restoreMessages(ctx, { requestId, messageIds: named }),
    );
    // What waited to be sent has failed meanwhile, and says so.
    const unsent = (json: unknown): unknown =>
      JSON.parse(JSON.stringify(json), (key, value: unknown) =>
        key === 'status' || key === 'error' ? undefined : value,
      );
    expect(unsent(await readMessages())).toEqual(unsent(before));
  });
});

describe('what a stranger says with media', () => {
  it('is in no answer and no event but to whoever asked to see it', readings, async () => {
    const heard = live.heard.length;
    const person = aStranger(a.marker);
    const image = { id: '3000', mime_type: 'image/jpeg', caption: `foto ${stranger}` };
    const document = { id: '3001', mime_type: 'application/pdf', filename: `${stranger}.pdf` };
    for (const message of [
      messageFrom(person, { type: 'image', image }),
      messageFrom(person, { type: 'document', document }),
    ]) {
      expect((await write(app.http, a.number, person, message)).status).toBe(200);
    }
    const { messageIds, conversationId, contactId } = await threadOf(app.deps, a.id, person);
    await live.hear(messageIds[0] ?? '');
    const readAsCaller = async (caller: Caller): Promise<string[]> => {
      const ids = [...messageIds, conversationId, contactId];
      const told = [...(await crawl(app.http, operations.values(), caller, ids, false))];
      told.push((await app.http(`/api/v1/messages/search?query=${stranger}`, caller)).text);
      return told.filter((text) => text.includes(stranger));
    };
    for (const caller of [a.team.agent, a.team.administrator, a.keys.agent]) {
      expect(await readAsCaller(caller)).toEqual([]);
    }
    for (const id of messageIds) {
      const path = `/api/v1/messages/${id}/media/reveal`;
      expect((await app.http(path, { ...a.team.agent, method: 'POST' })).status).toBe(204);
    }
    expect((await readAsCaller(a.team.agent)).length).toBeGreaterThan(0);
    for (const caller of [a.team.administrator, a.keys.agent]) {
      expect(await readAsCaller(caller)).toEqual([]);
    }
    expect(live.heard.slice(heard).filter((event) => event.includes(stranger))).toEqual([]);
    expect(app.logLines.filter((line) => line.includes(stranger))).toEqual([]);
  });
});

describe('the picture of a stranger, when its removal is asked for', () => {
  it('is given to whoever of the team looked under the cover, and to nobody else', async () => {
    const bytes = await aPicture('png');
    const { messageId } = await aReceivedFile(app, a, bytes, { isStranger: true });
    const about = { requestId: newId(), messageIds: [messageId] };
    const statuses = async (): Promise<number[]> => {
      picture = messageId;
      const { agent, moderator, administrator } = a.team;
      const given = [agent, moderator, administrator].map((one) => getMedia(one, 'media', {}));
      return (await Promise.all(given)).map(({ status }) => status);
    };
    const named = picture;
    await inTx(app.deps, actorOf(), (ctx) => coverMessages(ctx, about));
    expect(await statuses()).toEqual([403, 403, 403]);
    await inTx(app.deps, actorOf(), (ctx) => insertCoverReveal(ctx, about.requestId, messageId));
    expect(await statuses()).toEqual([403, 200, 403]);
    const asked = await app.http(`/api/v1/messages/${messageId}/media/reveal`, {
      ...a.team.agent,
      method: 'POST',
    });
    expect([asked.status, asked.code]).toEqual([403, 'media-withheld']);
    await inTx(app.deps, actorOf(), (ctx) => restoreMessages(ctx, about));
    expect(await statuses()).toEqual([403, 403, 403]);
    picture = named;
  });
});

describe('what was removed', () => {
  it('is in no answer to anybody, however it comes again', readings, async () => {
    const heard = live.heard.length;
    const input = { requestId, number: 12, messageIds: named, alsoMessageIds: [] };
    const removed = await inTx(app.deps, actorOf(), (ctx) => removeMessages(ctx, input));
    expect(removed).toMatchObject({ messages: named.length, copies: 3 });
    await live.hear('"removalNumber":12');
    await expectNothingTold();
    await expectNoBytes(404, '"x"');
    expect(live.heard.slice(heard).filter((event) => event.includes(canary))).toEqual([]);
  });

  it('is in no row of the workspace', async () => {
    const rows = Object.entries(await rowsOfWorkspace(app.deps.db, a.id));
    const found = rows.filter(([, texts]) => texts.some((text) => text.includes(canary)));
    expect(found.map(([table]) => table)).toEqual([]);
    const { rows: jobs } = await sql`select 1 from graphile_worker._private_jobs
      where payload::text like ${`%${canary}%`} or last_error like ${`%${canary}%`}`.execute(
      app.deps.db,
    );
    expect(jobs).toEqual([]);
    expect(app.logLines.filter((line) => line.includes(canary))).toEqual([]);
  });
});
