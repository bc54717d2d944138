import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stoppedMessages } from './testing/api-things.ts';
import type { Answer } from './testing/http-client.ts';
import { leaksOf } from './testing/leaks.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import type { TestThread } from './testing/test-workspace.ts';

let app: TestApp;
let own: TestThread;
let other: TestThread;
let foreign: TestThread;

const threadAt = (threads: readonly TestThread[], index: number): TestThread => {
  const thread = threads[index];
  if (thread === undefined) {
    throw new Error('too few conversations');
  }
  return thread;
};

beforeAll(async () => {
  app = await startTestApp();
  own = threadAt(app.a.threads, 0);
  other = threadAt(app.a.threads, 1);
  foreign = threadAt(app.b.threads, 0);
});
afterAll(() => app.close());

const post = (path: string, body: unknown): Promise<Answer> =>
  app.http(path, { ...app.a.team.administrator, method: 'POST', body });

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  app.http(path, { ...app.a.team.administrator, headers });

describe('an id of another workspace inside a body', () => {
  it('is nobody to assign to', async () => {
    const body = { assigneeId: app.b.team.agent.memberId };
    const answer = await post(`/api/v1/conversations/${own.conversationId}/assign`, body);
    expect([answer.status, answer.code]).toEqual([404, 'member-not-found']);
  });

  it('is nothing to reply to; neither is a message of another conversation', async () => {
    for (const replyTo of [foreign.messageIds[0], other.messageIds[0]]) {
      const body = { type: 'text', text: 'Bom dia', replyTo };
      const answer = await post(`/api/v1/conversations/${own.conversationId}/messages`, body);
      expect([answer.status, answer.code]).toEqual([404, 'message-not-found']);
    }
  });

  it('is nobody to merge with, from either side', async () => {
    for (const [a, b] of [
      [own, foreign],
      [foreign, own],
    ] as const) {
      const body = { otherContactId: b.contactId };
      const answer = await post(`/api/v1/contacts/${a.contactId}/merge`, body);
      expect([answer.status, answer.code]).toEqual([404, 'contact-not-found']);
    }
  });

  it('is no identity to split off, from either side', async () => {
    const identities = async (contactId: string, caller: { cookie: string }): Promise<string[]> => {
      const { json } = await app.http(`/api/v1/contacts/${contactId}/facts`, caller);
      return (json as { identities: { id: string }[] }).identities.map(({ id }) => id);
    };
    const theirs = await identities(foreign.contactId, app.b.team.administrator);
    const ours = await identities(own.contactId, app.a.team.administrator);
    expect([theirs.length, ours.length]).toEqual([2, 2]);
    for (const [contactId, ids, code] of [
      [own.contactId, theirs.slice(1), 'identity-not-found'],
      [own.contactId, [ours[0], theirs[0]], 'identity-not-found'],
      [
        own.contactId,
        (await identities(other.contactId, app.a.team.administrator)).slice(1),
        'identity-not-found',
      ],
      [foreign.contactId, ours.slice(1), 'contact-not-found'],
      [foreign.contactId, theirs.slice(1), 'contact-not-found'],
    ] as const) {
      const answer = await post(`/api/v1/contacts/${contactId}/split`, { identityIds: ids });
      expect([answer.status, answer.code]).toEqual([404, code]);
    }
    expect(await identities(foreign.contactId, app.b.team.administrator)).toEqual(theirs);
  });

  it('is no channel to write from', async () => {
    const body = { phone: '(11) 98123-4567', channelId: app.b.number.channelId };
    const answer = await post('/api/v1/conversations', body);
    expect([answer.status, answer.code]).toEqual([404, 'channel-not-found']);
  });

  it('is refused among the targets of a forward, and the others go', async () => {
    const path = `/api/v1/messages/${own.messageIds[0]}/forward`;
    const targets = [foreign.conversationId, other.conversationId];
    const answer = await post(path, { conversationIds: targets });
    expect(answer.json).toEqual({
      results: [
        {
          conversationId: foreign.conversationId,
          status: 'refused',
          code: 'conversation-not-found',
          messageId: null,
        },
        {
          conversationId: other.conversationId,
          status: 'queued',
          messageId: expect.any(String),
        },
      ],
    });
  });

  it('is nobody to block, unblock or ask WhatsApp about among many, and the others are', async () => {
    const contactIds = [app.b.threads[1]?.contactId ?? '', app.a.threads[2]?.contactId ?? ''];
    const failed = [{ contactId: contactIds[0], code: 'contact-not-found' }];
    const body = { contactIds, reason: 'spam' };
    const impact = await post('/api/v1/blocks/bulk-impact', { contactIds });
    expect(impact.json).toMatchObject({ contacts: 1, blockedAlready: 0 });
    const blocked = await post('/api/v1/blocks/bulk', body);
    expect(blocked.json).toEqual({ done: 1, failed, stillOnWire: [] });
    for (const act of ['bulk-retry', 'bulk-unblock']) {
      const answer = await post(`/api/v1/blocks/${act}`, { contactIds });
      expect([act, answer.json]).toEqual([act, { done: 1, failed }]);
    }
    const theirs = await app.http(`/api/v1/contacts/${contactIds[0]}`, app.b.team.administrator);
    expect(theirs.json).toMatchObject({ isBlocked: false });
  });

  it('written in capitals is the same id: one target, one message', async () => {
    const path = `/api/v1/messages/${own.messageIds[0]}/forward`;
    const id = other.conversationId;
    const answer = await post(path, { conversationIds: [id, id.toUpperCase()] });
    expect(answer.json).toMatchObject({ results: [{ conversationId: id, status: 'queued' }] });
    expect((answer.json as { results: unknown[] }).results).toHaveLength(1);
  });
});

describe('a block named when it is undone', () => {
  it('is the one just made, or nothing is lifted', async () => {
    const path = `/api/v1/contacts/${other.contactId}/block`;
    const put = async (reason: string) => {
      const call = { ...app.a.team.administrator, method: 'PUT', body: { reason } };
      return (await app.http(path, call)).json;
    };
    const made = (await put('spam')) as { block: { id: string }; isNew: boolean };
    expect(made.isNew).toBe(true);
    expect(await put('fraud')).toMatchObject({ isNew: false, block: { id: made.block.id } });
    const undo = async (blockId: string) => {
      const call = { ...app.a.team.administrator, method: 'DELETE' };
      return (await app.http(`${path}?blockId=${blockId}`, call)).json;
    };
    expect(await undo(app.b.blocked.contactId)).toEqual({ block: null });
    expect((await get(path)).json).toMatchObject({ block: { reason: 'fraud', isActive: true } });
    expect(await undo(made.block.id)).toMatchObject({ block: { id: made.block.id } });
    expect((await get(path)).json).toEqual({ block: null, stillListed: [] });
  });
});

describe('what a block stopped in another workspace', () => {
  it('is neither listed, nor sent again, nor discarded', async () => {
    const [id] = await stoppedMessages(app, app.b);
    const list = await get(`/api/v1/contacts/${foreign.contactId}/stopped-messages`);
    expect([list.status, list.code]).toEqual([404, 'contact-not-found']);
    const many = await post('/api/v1/blocks/bulk-stopped', { contactIds: [foreign.contactId] });
    expect([many.status, many.json]).toEqual([200, { items: [], nextCursor: null }]);
    for (const verb of ['send-stopped', 'discard-stopped']) {
      const answer = await post(`/api/v1/messages/${id}/${verb}`, {});
      expect([verb, answer.status, answer.code]).toEqual([verb, 404, 'message-not-found']);
    }
    const theirs = `/api/v1/contacts/${foreign.contactId}/stopped-messages`;
    const { json } = await app.http(theirs, app.b.team.agent);
    expect((json as { items: { id: string }[] }).items[0]?.id).toBe(id);
  });
});

describe('a list', () => {
  it('of blocks by a foreign contact is empty', async () => {
    const answer = await get(`/api/v1/blocks?state=all&contactId=${app.b.blocked.contactId}`);
    expect(answer.json).toEqual({ items: [], nextCursor: null });
  });

  it('of requests for a block by a foreign contact is empty', async () => {
    const { contactId } = foreign;
    const path = `/api/v1/contacts/${contactId}/block-requests`;
    const asked = await app.http(path, {
      ...app.b.team.agent,
      method: 'POST',
      body: { reason: 'spam' },
    });
    expect(asked.status).toBe(201);
    const answer = await get(`/api/v1/block-requests?state=all&contactId=${contactId}`);
    expect(answer.json).toEqual({ items: [], nextCursor: null });
    expect((await get('/api/v1/block-requests/counts')).json).toEqual({
      open: 0,
      overdue: 0,
      broughtUp: 0,
      lastBroughtUpAt: null,
    });
  });

  it('of what webhooks were told by a foreign endpoint is empty', async () => {
    const made = await app.http('/api/v1/webhook-endpoints', {
      ...app.b.team.administrator,
      method: 'POST',
      body: { url: 'https://hooks.example/b', events: ['contact.blocked'] },
    });
    const { id } = made.json as { id: string };
    const sent = await app.http(`/api/v1/webhook-endpoints/${id}/test`, {
      ...app.b.team.administrator,
      method: 'POST',
    });
    expect(sent.status).toBe(202);
    const answer = await get(`/api/v1/webhook-deliveries?endpointId=${id}`);
    expect(answer.json).toEqual({ items: [], nextCursor: null });
  });

  it("filtered by whatever is another workspace's is empty, and tells nothing of it", async () => {
    const { administrator } = app.b.team;
    const made = await app.http('/api/v1/messages/removal-requests', {
      ...administrator,
      method: 'POST',
      body: { messageIds: foreign.messageIds.slice(0, 1), reason: 'other' },
    });
    expect(made.status, made.text).toBe(201);
    const findLeaks = await leaksOf(app.deps.db, app.b.id, app.b.marker);
    const { channelId } = app.b.number;
    for (const path of [
      `/conversations?view=all&channelId=${channelId}`,
      `/conversations?view=blocked&channelId=${channelId}`,
      `/blocks?state=all&contactId=${app.b.blocked.contactId}`,
      `/blocks?state=all&channelId=${channelId}`,
      `/blocks?state=all&startedBy=${administrator.memberId}`,
      `/block-requests?state=all&contactId=${foreign.contactId}`,
      `/removal-requests?state=all&contactId=${foreign.contactId}`,
      `/removal-requests?state=all&channelId=${channelId}`,
      `/removal-requests?state=all&assigneeId=${administrator.memberId}`,
      `/audit-events?actorId=${administrator.memberId}`,
      `/audit-events?subjectId=${app.b.blocked.contactId}`,
      `/messages/search?query=${app.b.marker}&conversationId=${foreign.conversationId}`,
      `/messages/search?query=${app.b.marker}&channelId=${channelId}`,
    ]) {
      const answer = await get(`/api/v1${path}`);
      expect([path, answer.json]).toEqual([path, { items: [], nextCursor: null }]);
      expect(findLeaks(answer.text, path)).toEqual([]);
    }
  });

  it('of templates of a foreign number is not found, as the number is named to be written from', async () => {
    const answer = await get(`/api/v1/templates?channelId=${app.b.number.channelId}`);
    expect([answer.status, answer.code]).toEqual([404, 'channel-not-found']);
  });

  it('goes on from the cursor of another workspace within its own', async () => {
    const theirs = await app.http('/api/v1/conversations?limit=1', app.b.team.administrator);
    const { nextCursor } = theirs.json as { nextCursor: string };
    const answer = await get(`/api/v1/conversations?cursor=${nextCursor}`);
    const { items } = answer.json as { items: { id: string }[] };
    const ours = new Set(app.a.threads.map((thread) => thread.conversationId));
    expect(items.filter(({ id }) => !ours.has(id))).toEqual([]);
    expect(items.length).toBeGreaterThan(0);
  });

  it.each(['header', 'cookie'])(
    'of another workspace is not opened by naming it in a %s',
    async (way) => {
      const cookie = `${app.a.team.administrator.cookie}; guarita_workspace=${app.b.id}`;
      const answer = await (way === 'header'
        ? get('/api/v1/me', { 'guarita-workspace': app.b.id })
        : app.http('/api/v1/me', { cookie }));
      expect(answer.json).toMatchObject({ workspace: { id: app.a.id } });
    },
  );
});

describe('an address that cannot be read', () => {
  it('is a problem like any other', async () => {
    for (const path of ['/api/v1/contacts/%E0%A4%A', '/api/v1/%zz', '/%']) {
      const answer = await get(path);
      expect([answer.status, answer.code]).toEqual([400, 'bad-request']);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('or leads nowhere is not found', async () => {
    for (const path of [
      '/api/v1/nada',

      `/api/v1/contacts/${'a'.repeat(900)}`,
    ]) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });
});
