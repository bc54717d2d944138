import { beforeEach, describe, expect, it } from 'vitest';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { authenticateHeaders } from './index.ts';
import { newApiKeyText } from './key-text.ts';
import { call, signInAs } from './testing/accounts-app.ts';
import { appForTests } from './testing/app-for-tests.ts';
import { type APerson, aPerson, testPassword } from './testing.ts';

const here = appForTests();

let workspaceId: string;
let ana: APerson;
let cookie: string;

beforeEach(async () => {
  workspaceId = await aWorkspace(here.deps.db);
  ana = await aPerson(here.deps.db, workspaceId, 'administrator');
  ({ cookie } = await signInAs(here.server, ana.email, testPassword));
});

const make = async (role = 'administrator') => {
  const body = { name: 'Sistema de pedidos', role };
  const made = await call(here.server, '/api/v1/api-keys', { method: 'POST', cookie, body });
  expect(made.status).toBe(201);
  return { id: String(made.body['id']), key: String(made.body['key']), body: made.body };
};

describe('an API key', () => {
  it('opens the workspace in its role and is no person', async () => {
    const { key, id, body } = await make('moderator');
    const me = await call(here.server, '/api/v1/me', { key });
    expect(me.body).toMatchObject({
      ...{ memberId: null, email: null, name: 'Sistema de pedidos', role: 'moderator' },
      workspace: { id: workspaceId },
    });
    expect(body['prefix']).toBe(key.slice(0, 12));
    expect((await call(here.server, '/api/v1/members', { key })).code).toBe('forbidden');
    const { rows } = await here.deps.pool.query(
      'select action, actor_id from audit_event where subject_id = $1',
      [id],
    );
    expect(rows).toEqual([{ action: 'accounts.api-key-created', actor_id: ana.memberId }]);
  });

  it('of an administrator manages no people: nothing it leaves behind outlives it', async () => {
    const { key } = await make('administrator');
    const agent = await aPerson(here.deps.db, workspaceId);
    const path = `/api/v1/members/${agent.memberId}`;
    const person = { name: 'X', email: 'x@loja.example', role: 'administrator' };
    const answers = [
      await call(here.server, '/api/v1/members', {
        ...{ method: 'POST', key, body: { ...person, password: 'uma senha longa' } },
      }),
      await call(here.server, path, { method: 'PATCH', key, body: { role: 'administrator' } }),
      await call(here.server, `${path}/reset-link`, { method: 'POST', key }),
      await call(here.server, '/api/v1/api-keys', {
        ...{ method: 'POST', key, body: { name: 'outra', role: 'agent' } },
      }),
    ];
    expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual(
      answers.map(() => '403 forbidden'),
    );
    expect((await call(here.server, '/api/v1/members', { key })).status).toBe(200);
  });

  it('is shown once, and never stored', async () => {
    const { key, id } = await make();
    const list = await call(here.server, '/api/v1/api-keys', { cookie });
    expect(list.body['items']).toMatchObject([
      { id, name: 'Sistema de pedidos', lastUsedAt: null },
    ]);
    const secret = key.slice(13);
    expect(list.text).not.toContain(secret);
    const { rows } = await here.deps.pool.query('select api_key::text as row from api_key');
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('remembers when it was last used, to the minute', async () => {
    const { key } = await make();
    const lastUsed = async () => {
      const { rows } = await here.deps.pool.query<{ at: string | null }>(
        'select last_used_at::text as at from api_key where workspace_id = $1',
        [workspaceId],
      );
      return rows[0]?.at ?? null;
    };
    expect(await lastUsed()).toBeNull();
    await call(here.server, '/api/v1/me', { key });
    const first = await lastUsed();
    expect(first).not.toBeNull();
    await call(here.server, '/api/v1/me', { key });
    expect(await lastUsed()).toBe(first);
    await here.deps.pool.query(`update api_key set last_used_at = now() - interval '61 s'`);
    await call(here.server, '/api/v1/me', { key });
    expect(await lastUsed()).not.toBe(first);
  });

  it('is worth nothing once revoked', async () => {
    const { key, id } = await make();
    const revoke = () => call(here.server, `/api/v1/api-keys/${id}`, { method: 'DELETE', cookie });
    expect((await revoke()).status).toBe(204);
    expect((await call(here.server, '/api/v1/me', { key })).code).toBe('unauthenticated');
    expect((await call(here.server, '/api/v1/api-keys', { cookie })).body['items']).toEqual([]);
    expect((await revoke()).code).toBe('api-key-not-found');
  });

  it('of another workspace is not found', async () => {
    const { id, key } = await make();
    const stranger = await aPerson(here.deps.db, await aWorkspace(here.deps.db), 'administrator');
    const strangers = await signInAs(here.server, stranger.email, testPassword);
    const answer = await call(here.server, `/api/v1/api-keys/${id}`, {
      ...{ method: 'DELETE', cookie: strangers.cookie },
    });
    expect([answer.status, answer.code]).toEqual([404, 'api-key-not-found']);
    expect((await call(here.server, '/api/v1/me', { key })).status).toBe(200);
  });

  it('cannot be made up', async () => {
    const { key } = await make();
    const forged = [
      newApiKeyText().key,
      `${key.slice(0, 13)}${'A'.repeat(43)}`,
      `grt_aaaaaaaa_${key.slice(13)}`,
      key.slice(0, -1),
      key.toLowerCase(),
      'grt__',
      "' or 1=1 --",
      'null',
    ];
    for (const text of forged) {
      expect([text, (await call(here.server, '/api/v1/me', { key: text })).status]).toEqual([
        text,
        401,
      ]);
    }
  });

  it('that is wrong is not helped by a good cookie', async () => {
    const answer = await call(here.server, '/api/v1/me', { cookie, key: newApiKeyText().key });
    expect(answer.status).toBe(401);
  });

  it('works from anywhere: no browser sends it by itself', async () => {
    const { key } = await make();
    const headers = { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' };
    const body = { timeZone: 'America/Recife' };
    const answer = await call(here.server, '/api/v1/workspace', {
      method: 'PATCH',
      key,
      body,
      headers,
    });
    expect(answer.status).toBe(200);
  });

  it('does not do what only a person can', async () => {
    const { key } = await make('administrator');
    const passwords = { currentPassword: testPassword, newPassword: 'another password' };
    const body = { name: 'Another key', role: 'agent' };
    const answers = [
      await call(here.server, '/api/v1/me', { method: 'PATCH', key, body: { name: 'X' } }),
      await call(here.server, '/api/v1/me/password', { method: 'POST', key, body: passwords }),
      await call(here.server, '/api/v1/api-keys', { method: 'POST', key, body }),
    ];
    expect(answers.map((answer) => [answer.status, answer.code])).toEqual(
      answers.map(() => [403, 'forbidden']),
    );
    expect(await authenticateHeaders(here.deps, { authorization: `Bearer ${key}` })).toBeNull();
  });
});
