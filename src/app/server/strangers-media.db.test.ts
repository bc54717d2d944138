import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPicture } from '#features/media/server/testing.ts';
import type { Caller } from './testing/http-client.ts';
import { connectLive } from './testing/live-client.ts';
import { anAnswer, aReceivedFile } from './testing/received-picture.ts';
import { messageFrom, textFrom, write } from './testing/signed-webhook.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { aThread } from './testing/test-workspace.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ isLive: true });
});
afterAll(() => app.close());

const settings = (change: object) =>
  app.http('/api/v1/media-cover-settings', {
    ...app.a.team.administrator,
    method: 'PUT',
    body: {
      coveredFrom: 'strangers',
      kinds: ['image', 'sticker', 'video', 'document'],
      placeholder: 'none',
      ...change,
    },
  });

const getPlaceholder = async (messageId: string, caller: Caller) => {
  const response = await fetch(`${app.url}/api/v1/messages/${messageId}/media/placeholder`, {
    headers: { cookie: caller.cookie ?? '' },
  });
  return {
    status: response.status,
    cache: response.headers.get('cache-control'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};

describe('the blur in the place of a covered picture', () => {
  it('is made by the server where the workspace wants it, and only while it is covered', async () => {
    const { messageId } = await aReceivedFile(app, app.a, await aPicture(), { isStranger: true });
    const { agent, administrator } = app.a.team;
    expect((await getPlaceholder(messageId, agent)).status).toBe(404);
    expect((await settings({ placeholder: 'blur' })).status).toBe(200);
    const { status, cache, bytes } = await getPlaceholder(messageId, agent);
    expect([status, cache]).toEqual([200, 'no-store']);
    expect(bytes.byteLength).toBeGreaterThan(0);
    expect(bytes.byteLength).toBeLessThan(2000);
    const message = await app.http(`/api/v1/messages/${messageId}`, agent);
    expect(message.json).toMatchObject({ media: { isWithheld: true, hasPlaceholder: true } });
    expect((await getPlaceholder(messageId, app.b.team.agent)).status).toBe(404);
    await app.http(`/api/v1/messages/${messageId}/media/reveal`, { ...agent, method: 'POST' });
    expect((await getPlaceholder(messageId, agent)).status).toBe(404);
    expect((await getPlaceholder(messageId, administrator)).status).toBe(200);
    await app.http('/api/v1/messages/removal-requests', {
      ...agent,
      method: 'POST',
      body: { messageIds: [messageId], reason: 'sexual' },
    });
    expect((await getPlaceholder(messageId, administrator)).status).toBe(403);
    await settings({});
  });
});

describe('a contact of whom something was removed', () => {
  const removeOneOf = async (reason: string) => {
    const thread = await aThread(app.deps, app.http, app.a);
    const [messageId = ''] = [...thread.messageIds].reverse();
    const answer = await app.http('/api/v1/messages/removals', {
      ...app.a.team.moderator,
      method: 'POST',
      body: { messageIds: [messageId], reason },
    });
    expect([answer.status < 300, answer.text]).toEqual([true, answer.text]);
    const rule = await app.http(
      `/api/v1/contacts/${thread.contactId}/media-rule`,
      app.a.team.agent,
    );
    return rule.json;
  };

  it('is flagged from then on, but not for personal data', async () => {
    expect(await removeOneOf('sexual')).toMatchObject({ rule: 'flagged', cause: 'removal' });
    expect(await removeOneOf('personal-data')).toMatchObject({ rule: 'usual', cause: null });
  });
});

describe('whoever has all media covered', () => {
  it('is let go and comes back to events that say nothing of it', { timeout: 60_000 }, async () => {
    const thread = await aThread(app.deps, app.http, app.a);
    const path = `/api/v1/conversations/${thread.conversationId}/messages`;
    const { agent, moderator } = app.a.team;
    await anAnswer(app, app.a, thread.conversationId);
    const before = await connectLive(app.url, { cookie: agent.cookie });
    const choose = (coversAll: boolean) =>
      app.http('/api/v1/me/media-cover', { ...agent, method: 'PUT', body: { coversAll } });
    expect((await choose(true)).json).toEqual({ coversAll: true });
    expect(await before.ended).toBe('io server disconnect');
    const [covered, open] = [
      await connectLive(app.url, { cookie: agent.cookie }),
      await connectLive(app.url, { cookie: moderator.cookie }),
    ];
    const { person } = thread;
    const image = { id: '3000', mime_type: 'image/jpeg', caption: 'legenda-aberta' };
    await write(app.http, app.a.number, person, messageFrom(person, { type: 'image', image }));
    await write(app.http, app.a.number, person, textFrom(person, 'depois da legenda'));
    await open.hear('depois da legenda');
    await covered.hear('depois da legenda');
    expect(open.heard.join()).toContain('legenda-aberta');
    expect(covered.heard.join()).not.toContain('legenda-aberta');
    const read = async (caller: Caller) => (await app.http(path, caller)).text;
    expect(await read(agent)).not.toContain('legenda-aberta');
    expect(await read(moderator)).toContain('legenda-aberta');
    const ended = covered.ended;
    await choose(false);
    expect(await ended).toBe('io server disconnect');
    expect(await read(agent)).toContain('legenda-aberta');
    open.close();
  });

  it('cannot be a key, and what they chose is nobody else’s', async () => {
    const asked = await app.http('/api/v1/me/media-cover', app.a.keys.agent);
    expect(asked.status).toBe(403);
    const other = await app.http('/api/v1/me/media-cover', app.a.team.moderator);
    expect(other.json).toEqual({ coversAll: false });
  });
});

it('who looked stays known when what they saw is removed', async () => {
  const { messageId } = await aReceivedFile(app, app.a, await aPicture(), { isStranger: true });
  await app.http(`/api/v1/messages/${messageId}/media/reveal`, {
    ...app.a.team.agent,
    method: 'POST',
  });
  await app.http('/api/v1/messages/removals', {
    ...app.a.team.moderator,
    method: 'POST',
    body: { messageIds: [messageId], reason: 'sexual' },
  });
  const { rows } = await sql`select r.actor_id as "actorId" from media_reveal r
    join message m on m.workspace_id = r.workspace_id and m.id = r.message_id
   where r.message_id = ${messageId} and m.removed_at is not null`.execute(app.deps.db);
  expect(rows).toEqual([{ actorId: app.a.team.agent.memberId }]);
});
