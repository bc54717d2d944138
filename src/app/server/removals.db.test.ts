import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Caller } from './testing/http-client.ts';
import { connectLive } from './testing/live-client.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { aThread, type TestThread, type TestWorkspace } from './testing/test-workspace.ts';

let app: TestApp;
let a: TestWorkspace;
let thread: TestThread;
let messageId: string;

beforeAll(async () => {
  app = await startTestApp({ isLive: true });
  ({ a } = app);
});
afterAll(() => app.close());
beforeEach(async () => {
  thread = await aThread(app.deps, app.http, a);
  [messageId = ''] = thread.messageIds;
});

const call = (caller: Caller, method: string, path: string, body?: unknown): Promise<Answer> =>
  app.http(`/api/v1/${path}`, { ...caller, method, ...(body === undefined ? {} : { body }) });
const get = async (caller: Caller, path: string) => (await call(caller, 'GET', path)).json;

/** @returns the request's id */
const ask = async (caller: Caller, note = 'nota secreta'): Promise<string> => {
  const body = { messageIds: [messageId], reason: 'offense', note };
  const answer = await call(caller, 'POST', 'messages/removal-requests', body);
  expect(answer.status, answer.text).toBe(201);
  return (answer.json as { requests: { id: string }[] }).requests[0]?.id ?? '';
};

const said = () => `recado 2 ${a.marker}`;

describe('a request over the API', () => {
  it('covers everywhere at once, and shows nothing of what was said but to who looks', async () => {
    const { agent, moderator, administrator } = a.team;
    const id = await ask(agent);
    for (const caller of [agent, moderator, administrator]) {
      for (const path of [
        `removal-requests/${id}`,
        'removal-requests?state=all',
        'removal-requests/own',
        `messages/${messageId}`,
        `conversations/${thread.conversationId}/messages`,
        `conversations/${thread.conversationId}`,
      ]) {
        const { status, text } = await call(caller, 'GET', path);
        expect([path, status]).toEqual([path, 200]);
        expect(text).not.toContain(said());
      }
    }
    const context = await call(
      moderator,
      'GET',
      `removal-requests/${id}/context?messageId=${messageId}`,
    );
    expect((context.json as { items: unknown[] }).items).toMatchObject([
      { id: messageId, withheld: 'covered', text: null },
      { withheld: null, text: `recado 1 ${a.marker}` },
    ]);
    const path = `removal-requests/${id}/items/${messageId}`;
    expect((await call(agent, 'POST', `${path}/reveal`)).status).toBe(403);
    const looked = await call(moderator, 'POST', `${path}/reveal`);
    expect([looked.status, looked.json]).toMatchObject([200, { id: messageId, text: said() }]);
    expect((await call(moderator, 'GET', `messages/${messageId}`)).text).not.toContain(said());
    expect(await get(moderator, `${path}/same-bytes`)).toEqual({ items: [], nextCursor: null });
    expect(app.logLines.filter((line) => /recado 2|nota secreta/.test(line))).toEqual([]);
  });

  it('is decided, settled, told and acknowledged', async () => {
    const { agent, moderator } = a.team;
    const id = await ask(agent);
    const taken = await call(moderator, 'PUT', `removal-requests/${id}/assignee`, {
      assigneeId: moderator.memberId,
    });
    expect(taken.json).toMatchObject({ state: 'in-review' });
    expect(await get(moderator, 'removal-requests/counts')).toMatchObject({ mine: 1 });
    const items = [{ messageId, decision: 'remove' }];
    const decided = await call(moderator, 'POST', `removal-requests/${id}/decisions`, {
      items,
      answer: 'Fizemos.',
    });
    expect([decided.status, decided.json]).toMatchObject([
      200,
      { state: 'removing', items: [{ state: 'removed' }], checklist: { length: 12 } },
    ]);
    const late = await call(moderator, 'POST', `removal-requests/${id}/decisions`, { items });
    expect([late.status, late.code]).toEqual([409, 'removal-request-decided']);
    expect((await call(moderator, 'POST', `removal-requests/${id}/retry`)).status).toBe(200);
    const own = async () => {
      const page = (await get(agent, 'removal-requests/own')) as { items: { id: string }[] };
      return page.items.filter((one) => one.id === id);
    };
    expect(await own()).toMatchObject([
      { state: 'removing', assignee: null, checklist: [], items: [{ answer: 'Fizemos.' }] },
    ]);
    expect(await get(agent, `messages/${messageId}`)).toMatchObject({
      withheld: 'removed',
      text: null,
      removalNumber: (decided.json as { number: number }).number,
    });
    expect((await call(agent, 'POST', `removal-requests/${id}/acknowledge`)).status).toBe(204);
    expect(await own()).toEqual([]);
  });

  it('blocks in the same step for administrators alone', async () => {
    const { agent, moderator, administrator } = a.team;
    const id = await ask(agent);
    const body = { items: [{ messageId, decision: 'keep' }], block: { reason: 'offense' } };
    const path = `removal-requests/${id}/decisions`;
    const tried = await call(moderator, 'POST', path, body);
    expect([tried.status, tried.code]).toEqual([403, 'forbidden']);
    expect((await call(administrator, 'POST', path, body)).json).toMatchObject({
      state: 'refused',
      stillOnWire: [],
      blockedBefore: false,
    });
    expect(await get(agent, `conversations/${thread.conversationId}`)).toMatchObject({
      isBlocked: true,
    });
    const atSight = { messageIds: [messageId], reason: 'offense', block: body.block };
    const removed = await call(administrator, 'POST', 'messages/removals', atSight);
    expect([removed.status, removed.json]).toMatchObject([
      200,
      { stillOnWire: [], blockedBefore: true },
    ]);
  });

  it('is told live by its id: who asked and why is in no event', async () => {
    const live = await connectLive(app.url, { cookie: a.team.agent.cookie });
    const id = await ask(a.team.moderator);
    const asked = await live.hear(id);
    await call(a.team.administrator, 'POST', `removal-requests/${id}/comments`, {
      text: 'palavra entre nós',
    });
    await call(a.team.administrator, 'POST', `removal-requests/${id}/decisions`, {
      items: [{ messageId, decision: 'keep' }],
    });
    await live.hear(said());
    expect(asked).not.toContain(said());
    for (const event of live.heard) {
      for (const secret of ['nota secreta', 'palavra entre nós', 'offense']) {
        expect(event).not.toContain(secret);
      }
    }
    live.close();
  });

  it('of another workspace is a 404, whatever is asked of it', async () => {
    const id = await ask(a.team.agent);
    const { administrator } = app.b.team;
    const items = [{ messageId, decision: 'keep' }];
    const tries: [string, string, unknown?][] = [
      ['GET', `removal-requests/${id}`],
      ['POST', `removal-requests/${id}/acknowledge`],
      ['POST', `removal-requests/${id}/retry`],
      ['PUT', `removal-requests/${id}/assignee`, { assigneeId: null }],
      ['POST', `removal-requests/${id}/decisions`, { items }],
      ['POST', `removal-requests/${id}/comments`, { text: 'oi' }],
      ['GET', `removal-requests/${id}/comments`],
      ['GET', `removal-requests/${id}/context?messageId=${messageId}`],
      ['POST', `removal-requests/${id}/items/${messageId}/reveal`],
      ['GET', `removal-requests/${id}/items/${messageId}/same-bytes`],
      ['POST', 'messages/removals', { messageIds: [messageId], reason: 'fraud' }],
      ['POST', 'messages/removal-requests', { messageIds: [messageId], reason: 'fraud' }],
    ];
    for (const [method, path, body] of tries) {
      const answer = await call(administrator, method, path, body);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from removal_asker
      where request_id = ${id}`.execute(app.deps.db);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('is found by its number, and a number that none can have is refused', async () => {
    const { moderator } = a.team;
    const none = await call(moderator, 'GET', 'removal-requests?state=all&number=2147483647');
    expect([none.status, none.json]).toEqual([200, { items: [], nextCursor: null }]);
    const large = await call(moderator, 'GET', 'removal-requests?state=all&number=2147483648');
    expect(large.status).toBe(422);
  });

  it('has settings, which are the administrators’', async () => {
    const { moderator, administrator } = a.team;
    expect((await call(moderator, 'GET', 'settings/removals')).status).toBe(403);
    expect(await get(administrator, 'settings/removals')).toEqual({
      decideWithinHours: 24,
      twoPersonReasons: [],
    });
    const wanted = { decideWithinHours: 8, twoPersonReasons: ['sexual', 'discrimination'] };
    expect((await call(administrator, 'PUT', 'settings/removals', wanted)).json).toEqual(wanted);
    const bad = { ...wanted, decideWithinHours: 0 };
    expect((await call(administrator, 'PUT', 'settings/removals', bad)).status).toBe(422);
  });
});
