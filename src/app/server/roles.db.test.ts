import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Operation, readOperations } from './testing/api-document.ts';
import { crawl, fieldNamesOf } from './testing/crawl.ts';
import type { Answer, Caller } from './testing/http-client.ts';
import { connectLive } from './testing/live-client.ts';
import { nowInSeconds, textFrom, write } from './testing/signed-webhook.ts';
import { startPeer, startTestApp, type TestApp, type TestServer } from './testing/test-app.ts';
import {
  aTeamMember,
  aThread,
  type TeamMember,
  type TestThread,
  type TestWorkspace,
} from './testing/test-workspace.ts';

const note = 'anotação que só a moderação lê';
const reason = 'discrimination';
const chief = 'Chefia Reservada';
/** Fields that only tell of blocks. */
const blockFields = ['block', 'reason', 'note', 'attempts', 'startedBy', 'liftedBy', 'endedAt'];

let app: TestApp;
let peer: TestServer;
let a: TestWorkspace;
let operations: ReadonlyMap<string, Operation>;
let administrator: TeamMember;
let shut: TestThread;

const call = (caller: Caller, method: string, path: string, body?: unknown): Promise<Answer> =>
  app.http(path, { ...caller, method, ...(body === undefined ? {} : { body }) });

const block = (contactId: string, more: object = {}): Promise<Answer> =>
  call(administrator, 'PUT', `/api/v1/contacts/${contactId}/block`, { reason, note, ...more });

beforeAll(async () => {
  app = await startTestApp({ isLive: true });
  peer = await startPeer(app, { isLive: true });
  a = app.a;
  operations = await readOperations(app.http);
  administrator = await aTeamMember(app.deps, app.http, a.id, 'administrator');
  await call(administrator, 'PATCH', '/api/v1/me', { name: chief });
  shut = await aThread(app.deps, app.http, a);
  expect((await block(shut.contactId)).status).toBe(200);
  await write(app.http, a.number, shut.person, textFrom(shut.person, 'tentativa escondida'));
});
afterAll(async () => {
  await peer.close();
  await app.close();
});

describe('the view of blocked conversations', () => {
  const view = (caller: Caller) => app.http('/api/v1/conversations?view=blocked', caller);

  it('is refused to agents', async () => {
    for (const caller of [a.team.agent, a.keys.agent]) {
      const answer = await view(caller);
      expect([answer.status, answer.code]).toEqual([403, 'forbidden']);
    }
  });

  it('is shown to moderators and administrators', async () => {
    for (const caller of [a.team.moderator, a.keys.moderator, a.team.administrator]) {
      const { items } = (await view(caller)).json as { items: { id: string }[] };
      expect(items.map(({ id }) => id)).toContain(shut.conversationId);
    }
  });

  it('is the only one they are in: no other view, search or counter has them', async () => {
    const { name, phone } = shut.person;
    const queries = ['', 'view=mine', 'view=queue', 'view=all', 'unread=true', 'status=open'];
    const searches = [`search=${encodeURIComponent(name)}`, `search=${phone}`];
    for (const query of [...queries, ...searches]) {
      const answer = await app.http(`/api/v1/conversations?${query}`, a.team.administrator);
      expect(answer.status).toBe(200);
      expect([query, answer.text.includes(shut.conversationId)]).toEqual([query, false]);
    }
    const path = '/api/v1/conversations/counts';
    const before = (await app.http(path, a.team.agent)).json;
    await call(administrator, 'DELETE', `/api/v1/contacts/${shut.contactId}/block`);
    expect((await app.http(path, a.team.agent)).json).not.toEqual(before);
    await block(shut.contactId);
    expect((await app.http(path, a.team.agent)).json).toEqual(before);
  });
});

describe('what an agent can read', { timeout: 120_000 }, () => {
  it('is that a contact is blocked, and nothing else of the block', async () => {
    const contact = await app.http(`/api/v1/contacts/${shut.contactId}`, a.team.agent);
    expect(contact.json).toMatchObject({ isBlocked: true });
    const attempt = await call(
      a.team.agent,
      'POST',
      `/api/v1/conversations/${shut.conversationId}/messages`,
      { type: 'text', text: 'não sai' },
    );
    expect([attempt.status, attempt.code]).toEqual([409, 'contact-blocked']);
    const links = [shut.contactId, shut.conversationId, ...shut.messageIds];
    for (const caller of [a.team.agent, a.keys.agent]) {
      const crawled = await crawl(app.http, operations.values(), caller, links);
      const told = [attempt.text, ...crawled];
      expect(told.length).toBeGreaterThan(60);
      // It did come to the thread.
      expect(told.some((text) => text.includes('não sai'))).toBe(true);
      for (const secret of [note, reason, a.note, 'sexual-harassment', 'tentativa escondida']) {
        expect(told.filter((text) => text.includes(secret))).toEqual([]);
      }
      const names = fieldNamesOf(told);
      expect(blockFields.filter((field) => names.has(field))).toEqual([]);
      // Who blocked is a colleague, and stands among the colleagues only.
      const withChief = told.filter((text) => text.includes(chief));
      const { text: colleagues } = await app.http('/api/v1/colleagues', caller);
      expect(withChief.filter((text) => text !== colleagues)).toEqual([]);
    }
  });

  it('differs from what a moderator reads, by the same crawl', async () => {
    const told = await crawl(app.http, operations.values(), a.team.moderator);
    const all = told.join('\n');
    expect([note, reason, chief, a.note].filter((secret) => !all.includes(secret))).toEqual([]);
    const names = fieldNamesOf(told);
    expect(blockFields.filter((field) => !names.has(field))).toEqual([]);
    expect(all).not.toContain('tentativa escondida');
  });
});

describe('a role that changes', () => {
  it('counts from the next request on, whichever process hears it', async () => {
    const once = await aTeamMember(app.deps, app.http, a.id, 'administrator');
    const setRole = (role: string) =>
      call(administrator, 'PATCH', `/api/v1/members/${once.memberId}`, { role });
    expect((await app.http('/api/v1/blocks', once)).status).toBe(200);
    expect((await setRole('agent')).status).toBe(200);
    for (const { http } of [app, peer]) {
      expect((await http('/api/v1/blocks', once)).status).toBe(403);
      expect((await http('/api/v1/me', once)).json).toMatchObject({ role: 'agent' });
    }
    expect((await setRole('moderator')).status).toBe(200);
    expect((await peer.http('/api/v1/blocks', once)).status).toBe(200);
  });
});

describe('the live events of an agent', () => {
  it('tell that a contact is blocked and free again, and nothing else of it', async () => {
    const thread = await aThread(app.deps, app.http, a);
    const clients = await Promise.all(
      [app, peer].map(({ url }) => connectLive(url, { cookie: a.team.agent.cookie })),
    );
    expect((await block(thread.contactId)).status).toBe(200);
    // Told a moment later: a block that is lifted before that was none to any screen.
    for (const client of clients) await client.hear('"isBlocked":true');
    await write(app.http, a.number, thread.person, textFrom(thread.person, 'tentativa ao vivo'));
    await block(thread.contactId, { reason: 'fraud', note: `${note} de novo` });
    await call(a.team.agent, 'POST', `/api/v1/conversations/${thread.conversationId}/messages`, {
      type: 'text',
      text: 'recusada ao vivo',
    });
    await call(administrator, 'DELETE', `/api/v1/contacts/${thread.contactId}/block`);
    // WhatsApp counts in whole seconds, and what was sent in the block's last one does not enter.
    const later = { timestamp: String(nowInSeconds() + 2) };
    const free = textFrom(thread.person, 'livre outra vez', later);
    await write(app.http, a.number, thread.person, free);
    for (const client of clients) {
      await client.hear('livre outra vez');
      const events = client.heard.join('\n');
      expect(events).toContain('recusada ao vivo');
      const secrets = [note, reason, 'fraud', chief, 'tentativa ao vivo'];
      expect(secrets.filter((secret) => events.includes(secret))).toEqual([]);
      const names = fieldNamesOf(client.heard);
      expect(blockFields.filter((field) => names.has(field))).toEqual([]);
      client.close();
    }
  });
});
