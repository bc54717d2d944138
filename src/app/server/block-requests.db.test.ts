import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aPicture } from '#features/media/server/testing.ts';
import type { Answer, Caller } from './testing/http-client.ts';
import { connectLive } from './testing/live-client.ts';
import { aReceivedFile, type FileMessage } from './testing/received-picture.ts';
import { textFrom, write } from './testing/signed-webhook.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { aThread, type TestThread, type TestWorkspace } from './testing/test-workspace.ts';

let app: TestApp;
let a: TestWorkspace;
let thread: TestThread;

beforeAll(async () => {
  app = await startTestApp({ isLive: true });
  ({ a } = app);
});
afterAll(() => app.close());
beforeEach(async () => {
  thread = await aThread(app.deps, app.http, a);
});

const call = (caller: Caller, method: string, path: string, body?: unknown): Promise<Answer> =>
  app.http(`/api/v1/${path}`, { ...caller, method, ...(body === undefined ? {} : { body }) });

const get = async (caller: Caller, path: string) => (await call(caller, 'GET', path)).json;

const ask = async (
  caller: Caller,
  contactId = thread.contactId,
  note = 'segredo',
): Promise<Answer> =>
  call(caller, 'POST', `contacts/${contactId}/block-requests`, { reason: 'offense', note });

const idOf = (answer: Answer): string => (answer.json as { id: string }).id;

const listed = async (caller: Caller, view: string): Promise<boolean> => {
  const page = (await get(caller, `conversations?view=${view}&limit=100`)) as {
    items: { id: string }[];
  };
  return page.items.some(({ id }) => id === thread.conversationId);
};

interface Counts {
  mine: { open: number };
  queue: { open: number };
  all: { open: number };
  blockRequested: { open: number };
}
const countsOf = (caller: Caller) => get(caller, 'conversations/counts') as Promise<Counts>;

describe('a request over the API', () => {
  it('is 201 when it opens and 200 when it is joined, with references to the last messages', async () => {
    const { person, contactId, conversationId } = thread;
    const texts = [3, 4, 5, 6].map((n) => textFrom(person, `recado ${n} ${a.marker}`));
    await write(app.http, a.number, person, ...texts);
    const opened = await ask(a.team.agent);
    expect([opened.status, (await ask(a.team.moderator)).status]).toEqual([201, 200]);
    const id = idOf(opened);
    expect(await get(a.team.administrator, `block-requests/${id}`)).toMatchObject({
      contactId,
      messageIds: { length: 5 },
      askers: [{ name: expect.any(String), note: 'segredo' }, {}],
    });
    const page = await get(a.team.administrator, `block-requests/${id}/messages`);
    expect(page).toMatchObject({
      items: [6, 5, 4, 3, 2].map((n) => ({ text: `recado ${n} ${a.marker}`, conversationId })),
    });
    expect((await call(a.team.agent, 'GET', `block-requests/${id}/messages`)).status).toBe(403);
    const copies = await sql`select 1 from block_request_message where request_id = ${id}`.execute(
      app.deps.db,
    );
    expect(copies.rows).toHaveLength(5);
    await sql`delete from message where id = ${thread.messageIds[0]}`.execute(app.deps.db);
    expect(await get(a.team.administrator, `block-requests/${id}`)).toMatchObject({
      messageIds: { length: 4 },
    });
  });

  it('becomes a block; the second decision is 409', async () => {
    const id = idOf(await ask(a.team.agent));
    const approved = await call(a.team.administrator, 'POST', `block-requests/${id}/approve`, {
      note: 'combinado',
      expiresAt: '2098-01-01T00:00:00Z',
    });
    expect([approved.status, approved.json]).toMatchObject([
      200,
      {
        request: { state: 'approved' },
        block: { reason: 'offense', note: 'combinado', expiresAt: '2098-01-01T00:00:00.000Z' },
        stillOnWire: [],
      },
    ]);
    const late = await call(a.team.administrator, 'POST', `block-requests/${id}/refuse`, {});
    expect([late.status, late.code]).toEqual([409, 'block-request-decided']);
    expect(await get(a.team.agent, `conversations/${thread.conversationId}`)).toMatchObject({
      isBlocked: true,
      isBlockRequested: false,
    });
  });

  it('tells an agent nothing of the others, of the block and of who decided', async () => {
    const id = idOf(await ask(a.team.agent, thread.contactId, 'minha'));
    await ask(a.team.moderator, thread.contactId, 'do moderador');
    await call(a.team.administrator, 'POST', `block-requests/${id}/approve`, {
      reason: 'fraud',
      note: 'da administração',
    });
    for (const path of [`block-requests/${id}`, 'block-requests?state=all', 'block-requests/own']) {
      const { text } = await call(a.team.agent, 'GET', path);
      expect(text).toContain('minha');
      for (const secret of [
        'do moderador',
        'da administração',
        'fraud',
        a.team.moderator.memberId,
      ]) {
        expect(text).not.toContain(secret);
      }
    }
    expect(app.logLines.filter((line) => /segredo|minha|moderador"/.test(line))).toEqual([]);
  });
});

describe('while it waits', () => {
  const assign = (assigneeId: string) =>
    call(a.team.agent, 'POST', `conversations/${thread.conversationId}/assign`, { assigneeId });

  it('the conversation is out of the lists and counters of whoever asked, and of nobody else', async () => {
    const { agent, moderator } = a.team;
    await assign(agent.memberId);
    const before = await countsOf(agent);
    const id = idOf(await ask(agent));
    const views = ['mine', 'all', 'block-requested'];
    const where = (caller: Caller) => Promise.all(views.map((view) => listed(caller, view)));
    expect(await where(agent)).toEqual([false, false, true]);
    expect(await where(moderator)).toEqual([false, true, false]);
    const waiting = await countsOf(agent);
    expect(waiting.mine.open).toBe(before.mine.open - 1);
    expect(waiting.all.open).toBe(before.all.open - 1);
    expect(waiting.blockRequested.open).toBe(before.blockRequested.open + 1);
    expect((await countsOf(moderator)).all).toEqual(before.all);

    await call(a.team.administrator, 'POST', `block-requests/${id}/refuse`, {});
    expect(await where(agent)).toEqual([true, true, false]);
    expect((await countsOf(agent)).mine).toEqual(before.mine);
  });

  it('every screen is told live, and again of the decision; never who asked or why', async () => {
    const live = await connectLive(app.url, { cookie: a.team.agent.cookie });
    const id = idOf(await ask(a.team.moderator, thread.contactId, 'nota secreta'));
    const asked = await live.hear('"isBlockRequested":true');
    await call(a.team.administrator, 'POST', `block-requests/${id}/refuse`, { answer: 'não' });
    const decided = await live.hear('"isBlockRequested":false');
    for (const event of [asked, decided]) {
      expect(event).toContain(thread.conversationId);
      for (const secret of ['nota secreta', 'offense', a.team.moderator.memberId]) {
        expect(event).not.toContain(secret);
      }
    }
    live.close();
  });
});

describe('the media of the contact', () => {
  let file: FileMessage;
  const paths = () =>
    ['media', 'media/thumbnail'].map((path) => `messages/${file.messageId}/${path}`);
  const answers = (caller: Caller) =>
    Promise.all(
      paths().map(async (path) => {
        const headers = { ...(caller.key && { authorization: `Bearer ${caller.key}` }) };
        const response = await fetch(`${app.url}/api/v1/${path}`, {
          headers: { ...headers, ...(caller.cookie && { cookie: caller.cookie }) },
        });
        const text = await response.text();
        const code = response.status === 200 ? 'here' : (JSON.parse(text) as { code: string }).code;
        return response.headers.get('etag') !== null || code !== 'here' ? code : 'no-etag';
      }),
    );
  const withheld = ['media-withheld', 'media-withheld'];
  const here = ['here', 'here'];

  it('is withheld from everybody but those who decide, and back with the decision', async () => {
    file = await aReceivedFile(app, a, await aPicture());
    const { agent, moderator, administrator } = a.team;
    expect(await answers(agent)).toEqual(here);
    const id = idOf(await ask(agent, file.contactId));
    for (const caller of [agent, moderator, a.keys.agent, a.keys.moderator]) {
      expect(await answers(caller)).toEqual(withheld);
    }
    for (const caller of [administrator, a.keys.administrator]) {
      expect(await answers(caller)).toEqual(here);
    }
    const [target] = a.threads;
    const forward = { conversationIds: [target?.conversationId] };
    const path = `messages/${file.messageId}/forward`;
    expect((await call(moderator, 'POST', path, forward)).code).toBe('media-withheld');
    await call(administrator, 'POST', `block-requests/${id}/refuse`, {});
    for (const caller of [agent, moderator]) {
      expect(await answers(caller)).toEqual(here);
    }
    const again = idOf(await ask(moderator, file.contactId));
    expect(await answers(agent)).toEqual(withheld);
    await call(administrator, 'POST', `block-requests/${again}/approve`, {});
    expect(await answers(agent)).toEqual(here);
  });

  it('that is covered stays covered for those who decide, and nobody uncovers it meanwhile', async () => {
    file = await aReceivedFile(app, a, await aPicture(), { isStranger: true });
    const { agent, administrator } = a.team;
    await ask(agent, file.contactId);
    const reveal = (caller: Caller) =>
      call(caller, 'POST', `messages/${file.messageId}/media/reveal`);
    expect((await reveal(agent)).code).toBe('media-withheld');
    expect(await answers(administrator)).toEqual(['media-covered', 'media-covered']);
    expect((await reveal(administrator)).status).toBe(204);
    expect(await answers(administrator)).toEqual(here);
    const { rows } = await sql`select actor_id from media_reveal
      where message_id = ${file.messageId}`.execute(app.deps.db);
    expect(rows).toEqual([{ actor_id: administrator.memberId }]);
  });
});
