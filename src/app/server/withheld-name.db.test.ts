import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roles } from '#platform/shared/role.ts';
import { type Operation, readOperations } from './testing/api-document.ts';
import { crawl } from './testing/crawl.ts';
import type { Caller } from './testing/http-client.ts';
import { rowsOfWorkspace } from './testing/leaks.ts';
import { connectLive, type LiveClient } from './testing/live-client.ts';
import { textFrom, write } from './testing/signed-webhook.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import {
  aStranger,
  aThread,
  type TestThread,
  type TestWorkspace,
  threadOf,
} from './testing/test-workspace.ts';

const canary = 'canarinho7421';
const readings = { timeout: 240_000 };

let app: TestApp;
let a: TestWorkspace;
let operations: ReadonlyMap<string, Operation>;
let thread: TestThread;
let links: string[];
let live: LiveClient;
let requestPath: string;

const post = async (by: Caller, path: string, body: unknown): Promise<unknown> => {
  const answer = await app.http(`/api/v1/${path}`, { ...by, method: 'POST', body });
  expect([path, answer.status < 300], answer.text).toEqual([path, true]);
  return answer.json;
};

/** All that this caller can read of it, searches for it and orders by it included. */
const readAll = async (caller: Caller): Promise<string[]> => {
  const told = [...(await crawl(app.http, operations.values(), caller, links, false))];
  for (const path of [
    `conversations?search=${canary}`,
    `contacts?search=${canary}`,
    'contacts?sort=name&limit=1',
    `blocks?search=${canary}`,
    `messages/search?query=recado`,
    `identities/test?identity=${thread.person.phone}`,
  ]) {
    told.push((await app.http(`/api/v1/${path}`, caller)).text);
  }
  // Pages go on where a name stood.
  return told.map((text) =>
    text.replace(/"nextCursor":"([^"]+)"/g, (_, cursor: string) =>
      Buffer.from(cursor, 'base64url').toString('utf8'),
    ),
  );
};

const callers = (): [string, Caller][] => [
  ...roles.map((role): [string, Caller] => [`person ${role}`, { cookie: a.team[role].cookie }]),
  ['key moderator', { key: a.keys.moderator.key }],
];

const expectNothingTold = async (): Promise<void> => {
  for (const [name, caller] of callers()) {
    const told = (await readAll(caller)).filter((text) => text.toLowerCase().includes(canary));
    expect([name, told]).toEqual([name, []]);
  }
};

beforeAll(async () => {
  app = await startTestApp({ isLive: true });
  a = app.a;
  operations = await readOperations(app.http);
  const person = { ...aStranger(a.marker), name: `Ana ${canary}` };
  await write(app.http, a.number, person, textFrom(person, 'recado'));
  thread = await threadOf(app.deps, a.id, person);
  const { contactId, conversationId, messageIds } = thread;
  const other = await aThread(app.deps, app.http, a);
  await post(a.team.agent, `conversations/${conversationId}/messages`, {
    ...{ type: 'text', text: 'resposta', replyTo: messageIds[0] },
  });
  await post(a.team.agent, `messages/${messageIds[0]}/forward`, {
    conversationIds: [other.conversationId],
  });
  // Its removal is asked for, its block too: a card of each stands with the team.
  await post(a.team.agent, 'messages/removal-requests', { messageIds, reason: 'fraud' });
  await post(a.team.agent, `contacts/${contactId}/block-requests`, { reason: 'offense' });
  await app.http(`/api/v1/contacts/${contactId}`, {
    ...{ ...a.team.agent, method: 'PATCH', body: { givenName: `Dona ${canary}` } },
  });
  links = [contactId, conversationId, ...messageIds];
  live = await connectLive(app.url, { cookie: a.team.agent.cookie });
}, 120_000);
afterAll(async () => {
  live.close();
  await app.close();
});

describe('a name', () => {
  it('was told to everybody', readings, async () => {
    for (const [name, caller] of callers()) {
      expect([name, (await readAll(caller)).join().includes(canary)]).toEqual([name, true]);
    }
  });

  it('that is covered is in no answer to anybody, nor in a live event', readings, async () => {
    const heard = live.heard.length;
    const asked = await post(a.team.agent, `contacts/${thread.contactId}/name-removal-requests`, {
      reason: 'offense',
    });
    requestPath = `removal-requests/${(asked as { id: string }).id}`;
    links.push((asked as { id: string }).id);
    await live.hear(thread.contactId);
    await expectNothingTold();
    expect(live.heard.slice(heard).filter((event) => event.includes(canary))).toEqual([]);
    expect(await post(a.team.moderator, `${requestPath}/name/reveal`, undefined)).toMatchObject({
      ...{ givenName: `Dona ${canary}`, profileName: `Ana ${canary}` },
    });
  });

  it('that was removed is in no answer and no row, and is not learnt again', readings, async () => {
    const heard = live.heard.length;
    await post(a.team.moderator, `${requestPath}/name/decision`, { decision: 'remove' });
    await write(app.http, a.number, thread.person, textFrom(thread.person, 'recado 2'));
    await live.hear('recado 2');
    await expectNothingTold();
    expect(live.heard.slice(heard).filter((event) => event.includes(canary))).toEqual([]);
    const rows = Object.entries(await rowsOfWorkspace(app.deps.db, a.id));
    const found = rows.filter(([, texts]) =>
      texts.some((text) => text.toLowerCase().includes(canary)),
    );
    expect(found.map(([table]) => table)).toEqual([]);
    const { rows: jobs } = await sql`select 1 from graphile_worker._private_jobs
      where payload::text ilike ${`%${canary}%`} or last_error ilike ${`%${canary}%`}`.execute(
      app.deps.db,
    );
    expect(jobs).toEqual([]);
    expect(app.logLines.filter((line) => line.includes(canary))).toEqual([]);
  });
});
