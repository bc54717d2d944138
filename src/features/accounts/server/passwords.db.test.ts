import { beforeEach, describe, expect, it } from 'vitest';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { resetPasswordLink } from './index.ts';
import { call, signInAs } from './testing/accounts-app.ts';
import { appForTests } from './testing/app-for-tests.ts';
import { type APerson, aPerson, testPassword } from './testing.ts';

const here = appForTests({ GUARITA_URL: 'https://guarita.example/' });

let workspaceId: string;
let ana: APerson;
let bia: APerson;
let cookie: string;

const newPassword = 'outra senha bem longa';

beforeEach(async () => {
  workspaceId = await aWorkspace(here.deps.db);
  ana = await aPerson(here.deps.db, workspaceId, 'administrator');
  bia = await aPerson(here.deps.db, workspaceId, 'agent');
  ({ cookie } = await signInAs(here.server, ana.email, testPassword));
});

const askLink = async (memberId = bia.memberId) =>
  call(here.server, `/api/v1/members/${memberId}/reset-link`, { method: 'POST', cookie });

const tokenOf = (url: unknown): string => new URL(String(url)).searchParams.get('token') ?? '';

const spend = (token: string, password = newPassword) =>
  call(here.server, '/api/v1/password-reset', {
    ...{ method: 'POST', body: { token, newPassword: password } },
  });

const status = async (email: string, password: string) =>
  (await signInAs(here.server, email, password)).status;

describe('a reset link', () => {
  it('of an administrator sets the password once and ends every session', async () => {
    const bias = await signInAs(here.server, bia.email, testPassword);
    const link = await askLink();
    expect(link.status).toBe(200);
    expect(link.body['url']).toMatch(
      /^https:\/\/guarita\.example\/redefinir-senha\?token=[\w-]{43}$/,
    );
    const lifetime = Date.parse(String(link.body['expiresAt'])) - Date.now();
    expect(Math.abs(lifetime - 3_600_000)).toBeLessThan(60_000);
    const token = tokenOf(link.body['url']);
    expect((await spend(token)).status).toBe(204);
    expect((await call(here.server, '/api/v1/me', { cookie: bias.cookie })).status).toBe(401);
    expect(await status(bia.email, testPassword)).toBe(401);
    expect(await status(bia.email, newPassword)).toBe(200);
    const again = await spend(token, 'a third password');
    expect([again.status, again.code]).toEqual([410, 'reset-link-invalid']);
    expect(await status(bia.email, newPassword)).toBe(200);
  });

  it('is in the audit log, made by whom and used', async () => {
    const link = await askLink();
    await spend(tokenOf(link.body['url']));
    const { rows } = await here.deps.pool.query(
      'select action, actor_id from audit_event where subject_id = $1 order by id',
      [bia.memberId],
    );
    expect(rows).toEqual([
      { action: 'accounts.reset-link-made', actor_id: ana.memberId },
      { action: 'accounts.password-reset', actor_id: bia.memberId },
    ]);
  });

  it('used twice at once works once', async () => {
    const token = tokenOf((await askLink()).body['url']);
    const passwords = ['the first of the two', 'the second of the two'];
    const answers = await Promise.all(passwords.map((password) => spend(token, password)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 410]);
    const winner = passwords[answers.findIndex((answer) => answer.status === 204)] ?? '';
    expect(await status(bia.email, winner)).toBe(200);
  });

  it('ends with its hour, with a newer link, and with the place of the person', async () => {
    const old = tokenOf((await askLink()).body['url']);
    const late = tokenOf((await askLink()).body['url']);
    expect((await spend(old)).code).toBe('reset-link-invalid');
    await here.deps.pool.query(`update password_reset set expires_at = now() - interval '1 s'`);
    expect((await spend(late)).code).toBe('reset-link-invalid');
    const last = tokenOf((await askLink()).body['url']);
    await call(here.server, `/api/v1/members/${bia.memberId}`, { method: 'DELETE', cookie });
    expect((await spend(last)).code).toBe('reset-link-invalid');
  });

  it('is kept only as a hash, and cannot be guessed', async () => {
    const token = tokenOf((await askLink()).body['url']);
    const { rows } = await here.deps.pool.query(
      'select password_reset::text as row from password_reset',
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    for (const guess of ['x', token.slice(1), `${token}x`, token.toLowerCase()]) {
      expect((await spend(guess)).status).toBe(410);
    }
    expect((await spend(token, 'short')).code).toBe('invalid-request');
    expect((await spend(token)).status).toBe(204);
  });

  it('does not carry an administrator into another workspace', async () => {
    const other = await aWorkspace(here.deps.db);
    const victim = await aPerson(here.deps.db, other, 'administrator');
    const { memberId } = await aPerson(here.deps.db, workspaceId, 'agent', victim.email);
    const answer = await askLink(memberId);
    expect([answer.status, answer.code]).toEqual([409, 'member-of-other-workspace']);
  });

  it('of an administrator ends when the person joins another workspace', async () => {
    const token = tokenOf((await askLink()).body['url']);
    const { rows: links } = await here.deps.pool.query<{ token_hash: Buffer }>(
      'select token_hash from password_reset where user_id = $1',
      [bia.userId],
    );
    const other = await aWorkspace(here.deps.db);
    await aPerson(here.deps.db, other, 'administrator', bia.email);
    expect((await spend(token)).code).toBe('reset-link-invalid');
    // Even one that was still there would not do.
    await here.deps.pool.query(
      `insert into password_reset (user_id, token_hash, expires_at) values ($1, $2, now() + interval '1 h')`,
      [bia.userId, links[0]?.token_hash],
    );
    expect((await spend(token)).code).toBe('reset-link-invalid');
    expect(await status(bia.email, testPassword)).toBe(200);
  });

  it('of the command line works in two workspaces, and cannot be made of another', async () => {
    await aPerson(here.deps.db, await aWorkspace(here.deps.db), 'agent', bia.email);
    const token = tokenOf((await resetPasswordLink(here.deps, bia.email)).url);
    expect((await spend(token.replace('servidor-', ''))).code).toBe('reset-link-invalid');
    expect((await spend(token)).status).toBe(204);
    expect(await status(bia.email, newPassword)).toBe(200);
  });

  it('of the command line works for anybody with a place, and names nobody else', async () => {
    const { url } = await resetPasswordLink(here.deps, ` ${ana.email.toUpperCase()} `);
    expect((await spend(tokenOf(url))).status).toBe(204);
    expect(await status(ana.email, newPassword)).toBe(200);
    await expect(resetPasswordLink(here.deps, 'nobody@loja.example')).rejects.toThrow(
      'member-not-found',
    );
  });
});

describe('changing the own password', () => {
  const change = (currentPassword: string, by = cookie) =>
    call(here.server, '/api/v1/me/password', {
      ...{ method: 'POST', cookie: by, body: { currentPassword, newPassword } },
    });

  it('needs the current one, keeps this session and ends the others', async () => {
    const elsewhere = await signInAs(here.server, ana.email, testPassword);
    const wrong = await change('not the password');
    expect([wrong.status, wrong.code]).toEqual([403, 'wrong-password']);
    expect((await change(testPassword)).status).toBe(204);
    expect((await call(here.server, '/api/v1/me', { cookie })).status).toBe(200);
    expect((await call(here.server, '/api/v1/me', { cookie: elsewhere.cookie })).status).toBe(401);
    expect(await status(ana.email, testPassword)).toBe(401);
    expect(await status(ana.email, newPassword)).toBe(200);
  });

  it('cannot be guessed at by requests sent at once, or from ever new places', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => change('not the password')));
    const judged = answers.filter(({ code }) => code === 'wrong-password').length;
    expect(judged).toBeGreaterThanOrEqual(10);
    expect(judged).toBeLessThanOrEqual(12);
    await here.deps.pool.query('delete from failed_attempt');
    for (let place = 0; place < 60; place += 1) {
      await here.deps.pool.query(
        'insert into failed_attempt (kind, subject_hash, address_hash) values ($1, $2, $3)',
        [
          'password',
          here.deps.keyed.hash('failed-attempt', `subject:${ana.userId}`),
          here.deps.keyed.hash('failed-attempt', `address:198.51.100.${place}`),
        ],
      );
    }
    expect((await change(testPassword)).code).toBe('too-many-attempts');
  });

  it('cannot be guessed at with a stolen cookie', async () => {
    for (let guess = 0; guess < 10; guess += 1) {
      expect((await change('not the password')).status).toBe(403);
    }
    expect((await change(testPassword)).code).toBe('too-many-attempts');
  });
});
