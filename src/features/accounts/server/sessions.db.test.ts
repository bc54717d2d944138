import { beforeEach, describe, expect, it } from 'vitest';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { authenticateHeaders } from './index.ts';
import { call, signInAs } from './testing/accounts-app.ts';
import { appForTests } from './testing/app-for-tests.ts';
import { type APerson, aPerson, testPassword } from './testing.ts';

const here = appForTests();

let workspaceId: string;
let bia: APerson;

beforeEach(async () => {
  workspaceId = await aWorkspace(here.deps.db);
  bia = await aPerson(here.deps.db, workspaceId);
});

describe('sessions', () => {
  it('end with the sign-out, here and for sockets', async () => {
    const { cookie } = await signInAs(here.server, bia.email, testPassword);
    expect(
      (await call(here.server, '/api/auth/get-session', { cookie })).body['user'],
    ).toMatchObject({
      email: bia.email,
    });
    expect(await authenticateHeaders(here.deps, { cookie, host: here.server.host })).toMatchObject({
      actor: bia.actor,
    });
    const out = await call(here.server, '/api/auth/sign-out', { method: 'POST', cookie });
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect((await call(here.server, '/api/v1/me', { cookie })).code).toBe('unauthenticated');
    expect(await authenticateHeaders(here.deps, { cookie, host: here.server.host })).toBeNull();
    expect((await call(here.server, '/api/auth/get-session', { cookie })).text).toBe('null');
  });

  it('sign out without one is fine', async () => {
    const out = await call(here.server, '/api/auth/sign-out', { method: 'POST' });
    expect(out.body).toEqual({ success: true });
  });

  it('are renewed while in use and end by themselves when not', async () => {
    const { cookie } = await signInAs(here.server, bia.email, testPassword);
    const age = (days: number) =>
      here.deps.pool.query(
        `update session set "expiresAt" = now() + make_interval(days => $2)
        where "userId" = $1`,
        [bia.userId, days],
      );
    await age(28);
    const renewed = await call(here.server, '/api/v1/me', { cookie });
    expect(renewed.headers.getSetCookie()[0]).toContain('Max-Age=2592000');
    const fresh = await call(here.server, '/api/v1/me', { cookie });
    expect(fresh.headers.getSetCookie()).toEqual([]);
    await age(-1);
    expect((await call(here.server, '/api/v1/me', { cookie })).status).toBe(401);
  });

  it('are not made up from a token alone', async () => {
    await signInAs(here.server, bia.email, testPassword);
    const { rows } = await here.deps.pool.query<{ token: string }>(
      'select token from session where "userId" = $1',
      [bia.userId],
    );
    const token = rows[0]?.token ?? '';
    for (const value of [token, `${token}.`, `${token}.AAAA`, `${token}.${'A'.repeat(43)}=`]) {
      const cookie = `guarita.session_token=${encodeURIComponent(value)}`;
      expect((await call(here.server, '/api/v1/me', { cookie })).status).toBe(401);
    }
  });

  it('choose the workspace that is asked for, else the oldest, never a foreign one', async () => {
    const second = await aWorkspace(here.deps.db, 'Segunda loja');
    const foreign = await aWorkspace(here.deps.db, 'Alheia');
    await aPerson(here.deps.db, second, 'moderator', bia.email);
    const { cookie } = await signInAs(here.server, bia.email, testPassword);
    const roleIn = async (extra: { cookie?: string; header?: string }) => {
      const headers = extra.header === undefined ? {} : { 'guarita-workspace': extra.header };
      const all = [cookie, extra.cookie].filter((part) => part !== undefined).join('; ');
      const me = await call(here.server, '/api/v1/me', { cookie: all, headers });
      return me.body['role'];
    };
    expect(await roleIn({})).toBe('agent');
    expect(await roleIn({ cookie: `guarita_workspace=${second}` })).toBe('moderator');
    expect(await roleIn({ header: second })).toBe('moderator');
    expect(await roleIn({ header: foreign })).toBe('agent');
    expect(await roleIn({ header: 'x', cookie: `guarita_workspace=${second}` })).toBe('agent');
  });
});

describe('foreign origins', () => {
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ];

  it('do not sign in, not even with the right password', async () => {
    for (const headers of foreign) {
      const body = { email: bia.email, password: testPassword };
      const answer = await call(here.server, '/api/auth/sign-in/email', {
        method: 'POST',
        body,
        headers,
      });
      expect(answer.status).toBe(403);
      expect(answer.code).toBe('foreign-origin');
      expect(answer.cookie).toBe('');
    }
  });

  it('change nothing with the cookie of a person, and open no socket', async () => {
    const { cookie } = await signInAs(here.server, bia.email, testPassword);
    for (const headers of foreign) {
      const body = { name: 'Mallory' };
      const answer = await call(here.server, '/api/v1/me', {
        method: 'PATCH',
        cookie,
        body,
        headers,
      });
      expect(answer.code).toBe('foreign-origin');
      const out = await call(here.server, '/api/auth/sign-out', {
        method: 'POST',
        cookie,
        headers,
      });
      expect(out.code).toBe('foreign-origin');
      expect(
        await authenticateHeaders(here.deps, { cookie, host: here.server.host, ...headers }),
      ).toBeNull();
    }
    const me = await call(here.server, '/api/v1/me', { cookie });
    expect(me.body['name']).toBe('Bia Souza');
  });

  it('our own pages do', async () => {
    const headers = { origin: here.server.url, 'sec-fetch-site': 'same-origin' };
    const body = { email: bia.email, password: testPassword };
    const { cookie } = await call(here.server, '/api/auth/sign-in/email', {
      ...{ method: 'POST', body, headers },
    });
    const changed = await call(here.server, '/api/v1/me', {
      ...{ method: 'PATCH', cookie, body: { name: 'Beatriz', locale: 'es' }, headers },
    });
    expect(changed.body).toMatchObject({ name: 'Beatriz', locale: 'es' });
  });
});
