import { beforeEach, describe, expect, it } from 'vitest';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { call, signInAs, startAccountsApp } from './testing/accounts-app.ts';
import { appForTests } from './testing/app-for-tests.ts';
import { type APerson, aPerson, testPassword } from './testing.ts';

const here = appForTests();

let workspaceId: string;
let bia: APerson;

beforeEach(async () => {
  workspaceId = await aWorkspace(here.deps.db);
  bia = await aPerson(here.deps.db, workspaceId);
});

describe('sign-in', () => {
  it('sets a cookie that a script cannot read and that other sites do not send', async () => {
    const answer = await signInAs(here.server, bia.email, testPassword);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      redirect: false,
      user: { id: bia.userId, name: 'Bia Souza', email: bia.email },
    });
    const [cookie = '', ...others] = answer.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^guarita\.session_token=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Secure');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('marks the cookie Secure when the public address is https', async () => {
    const config = { ...here.deps.config, publicUrl: 'https://guarita.example' };
    const secure = await startAccountsApp({ ...here.deps, config });
    const answer = await signInAs(secure, bia.email, testPassword);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-guarita\.session_token=.*; Secure/);
    const me = await call(secure, '/api/v1/me', { cookie: answer.cookie });
    expect(me.status).toBe(200);
    await secure.app.close();
  });

  it('does not care how the e-mail is written', async () => {
    const answer = await signInAs(here.server, bia.email.toUpperCase(), testPassword);
    expect(answer.status).toBe(200);
  });

  it('answers a wrong password and an unknown e-mail alike', async () => {
    const wrong = await signInAs(here.server, bia.email, 'not the password');
    const unknown = await signInAs(here.server, 'nobody@loja.example', testPassword);
    for (const answer of [wrong, unknown]) {
      expect(answer.status).toBe(401);
      expect(answer.code).toBe('invalid-credentials');
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.cookie).toBe('');
    }
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  });

  it('takes as long for an unknown e-mail as for a wrong password', async () => {
    const emails = { known: bia.email, unknown: 'nobody@loja.example' };
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 7; round += 1) {
      for (const who of ['known', 'unknown'] as const) {
        const start = performance.now();
        await signInAs(here.server, emails[who], 'not the password');
        times[who].push(performance.now() - start);
      }
    }
    const median = (all: number[]): number => all.sort((a, b) => a - b)[3] ?? 0;
    const known = median(times.known);
    const unknown = median(times.unknown);
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it('keeps out who has no place left, and never says why', async () => {
    await here.deps.pool.query('update member set removed_at = now() where id = $1', [
      bia.memberId,
    ]);
    const answer = await signInAs(here.server, bia.email, testPassword);
    expect(answer.code).toBe('invalid-credentials');
  });

  it('refuses what is not a sign-in', async () => {
    const path = '/api/auth/sign-in/email';
    const post = (body: unknown) => call(here.server, path, { method: 'POST', body });
    expect((await post({ email: 'no e-mail', password: 'x' })).status).toBe(422);
    expect((await post({ email: bia.email })).status).toBe(422);
    expect((await post({ email: bia.email, password: 'x'.repeat(129) })).status).toBe(422);
    expect((await post({ email: bia.email, password: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it.each([
    ['POST', '/api/auth/sign-up/email'],
    ['POST', '/api/auth/change-email'],
    ['POST', '/api/auth/request-password-reset'],
    ['POST', '/api/auth/reset-password'],
    ['POST', '/api/auth/delete-user'],
    ['POST', '/api/auth/update-user'],
    ['POST', '/api/auth/sign-in/social'],
    ['GET', '/api/auth/list-sessions'],
    ['GET', '/api/auth/error'],
    ['GET', '/api/auth/ok'],
  ])('does not answer %s %s', async (method, path) => {
    const body =
      method === 'POST' ? { email: 'x@loja.example', password: testPassword } : undefined;
    const answer = await call(here.server, path, { method, body });
    expect(answer.status).toBe(404);
  });
});
