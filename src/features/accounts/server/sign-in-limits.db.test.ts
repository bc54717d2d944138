import { beforeEach, describe, expect, it } from 'vitest';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { signInAs, startAccountsApp } from './testing/accounts-app.ts';
import { appForTests } from './testing/app-for-tests.ts';
import { type APerson, aPerson, testPassword } from './testing.ts';

const here = appForTests();

let workspaceId: string;
let bia: APerson;

beforeEach(async () => {
  workspaceId = await aWorkspace(here.deps.db);
  bia = await aPerson(here.deps.db, workspaceId);
});

const retryAfterOf = (answer: { headers: Headers }): number =>
  Number(answer.headers.get('retry-after'));

describe('limits of sign-in', () => {
  it('stop guessing at one e-mail after ten failures, and say for how long', async () => {
    for (let failure = 0; failure < 10; failure += 1) {
      expect((await signInAs(here.server, bia.email, 'not the password')).status).toBe(401);
    }
    const stopped = await signInAs(here.server, bia.email, testPassword);
    expect(stopped.status).toBe(429);
    expect(stopped.code).toBe('too-many-attempts');
    expect(retryAfterOf(stopped)).toBeGreaterThan(200);
    expect(retryAfterOf(stopped)).toBeLessThanOrEqual(300);
  });

  it('leave the rest of the team behind the same address alone', async () => {
    const colleagues = await Promise.all(
      Array.from({ length: 3 }, () => aPerson(here.deps.db, workspaceId)),
    );
    for (let failure = 0; failure < 11; failure += 1) {
      await signInAs(here.server, bia.email, 'not the password');
    }
    for (const colleague of colleagues) {
      expect((await signInAs(here.server, colleague.email, testPassword)).status).toBe(200);
    }
  });

  it('do not let a stranger lock a person out of their own place', async () => {
    for (let failure = 0; failure < 11; failure += 1) {
      await signInAs(here.server, bia.email, 'not the password', '198.51.100.1');
    }
    expect((await signInAs(here.server, bia.email, testPassword, '203.0.113.7')).status).toBe(200);
  });

  it('never count successes, and a success forgets the failures before it', async () => {
    for (let failure = 0; failure < 9; failure += 1) {
      await signInAs(here.server, bia.email, 'not the password');
    }
    const many = await Promise.all(
      Array.from({ length: 15 }, () => signInAs(here.server, bia.email, testPassword)),
    );
    expect(many.map((answer) => answer.status)).toEqual(Array.from({ length: 15 }, () => 200));
    expect((await signInAs(here.server, bia.email, 'not the password')).status).toBe(401);
    expect((await signInAs(here.server, bia.email, testPassword)).status).toBe(200);
  });

  it('cannot be outrun by guesses sent at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => signInAs(here.server, bia.email, 'not the password')),
    );
    const judged = answers.filter((answer) => answer.status === 401).length;
    expect(judged).toBeGreaterThanOrEqual(10);
    expect(judged).toBeLessThanOrEqual(12);
  });

  it('hold across processes', async () => {
    const other = await startAccountsApp({ ...here.deps });
    for (let failure = 0; failure < 10; failure += 1) {
      await signInAs(failure % 2 === 0 ? here.server : other, bia.email, 'not the password');
    }
    expect((await signInAs(here.server, bia.email, testPassword)).status).toBe(429);
    expect((await signInAs(other, bia.email, testPassword)).status).toBe(429);
    await other.app.close();
  });

  const failFrom = async (place: string, subjects: (index: number) => string, count: number) => {
    for (let index = 0; index < count; index += 1) {
      await here.deps.pool.query(
        'insert into failed_attempt (kind, subject_hash, address_hash) values ($1, $2, $3)',
        [
          'sign-in',
          here.deps.keyed.hash('failed-attempt', `subject:${subjects(index)}`),
          here.deps.keyed.hash('failed-attempt', `address:${place}`),
        ],
      );
    }
  };

  it('stop a list of e-mails tried from one address, but not who is signed in there', async () => {
    const rui = await aPerson(here.deps.db, workspaceId);
    await signInAs(here.server, bia.email, testPassword, '203.0.113.9');
    await failFrom('203.0.113.9', (index) => `${index}@loja.example`, 99);
    expect((await signInAs(here.server, rui.email, testPassword, '203.0.113.9')).status).toBe(200);
    await here.deps.pool.query('delete from session where "userId" = $1', [rui.userId]);
    await failFrom('203.0.113.9', () => 'one more@loja.example', 1);
    expect((await signInAs(here.server, rui.email, testPassword, '203.0.113.9')).status).toBe(429);
    expect((await signInAs(here.server, bia.email, testPassword, '203.0.113.9')).status).toBe(200);
    expect((await signInAs(here.server, rui.email, testPassword, '203.0.113.10')).status).toBe(200);
  });

  it('stop guessing at one person from ever new addresses', async () => {
    for (let place = 0; place < 60; place += 1) {
      await failFrom(`198.51.100.${place}`, () => bia.email, 1);
    }
    expect((await signInAs(here.server, bia.email, testPassword, '192.0.2.1')).status).toBe(429);
  });

  it('keep no e-mail and no address', async () => {
    const email = `${newId()}@typed.example`;
    await signInAs(here.server, email, 'not the password', '198.51.100.77');
    const { rows } = await here.deps.pool.query(
      'select failed_attempt::text as row from failed_attempt',
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/typed|198\.51/);
  });
});
