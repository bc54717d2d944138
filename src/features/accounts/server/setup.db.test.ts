import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectOneEvent } from '#platform/server/testing/audit-trail.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { ensureSetupCode } from './index.ts';
import {
  type AccountsApp,
  type Answer,
  call,
  signInAs,
  startAccountsApp,
} from './testing/accounts-app.ts';

let deps: TestDeps;
let server: AccountsApp;
let second: AccountsApp;

beforeAll(async () => {
  deps = await openTestDeps();
  server = await startAccountsApp(deps);
  second = await startAccountsApp({ ...deps });
});
afterAll(async () => {
  await server.app.close();
  await second.app.close();
  await deps.close();
});

beforeEach(async () => {
  await deps.pool.query('delete from failed_attempt');
});
/** As if nobody had set this installation up. */
const forgetEverything = async (): Promise<void> => {
  const logged = ['audit_event', 'audit_seal'];
  for (const table of logged) await deps.pool.query(`alter table ${table} disable trigger user`);
  await deps.pool.query(
    'truncate audit_event, session, account, member, "user", workspace cascade',
  );
  for (const table of logged) await deps.pool.query(`alter table ${table} enable trigger user`);
};
afterEach(forgetEverything);

const codeOf = async (): Promise<string> => {
  const code = await ensureSetupCode(deps);
  if (code === null) {
    throw new Error('the installation is set up already');
  }
  return code;
};

const setUp = (
  code: string,
  options: { at?: AccountsApp; email?: string; from?: string } = {},
): Promise<Answer> =>
  call(options.at ?? server, '/api/v1/setup', {
    method: 'POST',
    headers: { 'x-forwarded-for': options.from ?? '203.0.113.7' },
    body: {
      code,
      workspaceName: 'Loja da Ana',
      name: 'Ana',
      email: options.email ?? 'Ana@Loja.example',
      password: 'a senha da Ana',
      timeZone: 'America/Manaus',
    },
  });

const needsSetup = async () => (await call(server, '/api/v1/setup')).body['needsSetup'];

describe('set-up', () => {
  it('makes the first workspace and its administrator, signed in', async () => {
    const code = await codeOf();
    expect(await needsSetup()).toBe(true);
    const answer = await setUp(code.toLowerCase());
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      ...{ name: 'Ana', email: 'ana@loja.example', role: 'administrator', locale: null },
      workspace: { name: 'Loja da Ana', timeZone: 'America/Manaus', locale: 'pt-BR' },
    });
    const me = await call(server, '/api/v1/me', { cookie: answer.cookie });
    expect(me.body).toEqual(answer.body);
    expect((await signInAs(server, 'ana@loja.example', 'a senha da Ana')).status).toBe(200);
    expect(await needsSetup()).toBe(false);
    expect(await ensureSetupCode(deps)).toBeNull();
  });

  it('is the first event of the audit log', async () => {
    const code = await codeOf();
    const { memberId: id, workspace } = (await setUp(code)).body as {
      memberId: string;
      workspace: { id: string };
    };
    await expectOneEvent(
      deps.db,
      workspace.id,
      'accounts.workspace-created',
      { actor: null, subject: ['member', id], details: {} },
      [code, 'Ana', 'loja.example'],
    );
  });

  it('is over after that, also with the right code', async () => {
    const code = await codeOf();
    await setUp(code);
    const again = await setUp(code, { email: 'eva@evil.example' });
    expect([again.status, again.code]).toEqual([409, 'setup-closed']);
  });

  it('takes the code in any process, and only the newest one', async () => {
    const old = await codeOf();
    const code = await codeOf();
    expect((await setUp(old)).code).toBe('wrong-setup-code');
    expect((await setUp(code, { at: second })).status).toBe(201);
  });

  it('refuses wrong codes, and soon all codes from there', async () => {
    const code = await codeOf();
    for (let guess = 0; guess < 10; guess += 1) {
      const answer = await setUp('AAAA-BBBB-CCCC-DDDD', { from: '198.51.100.1' });
      expect([answer.status, answer.code]).toEqual([403, 'wrong-setup-code']);
    }
    const stopped = await setUp(code, { from: '198.51.100.1' });
    expect([stopped.status, stopped.code]).toEqual([429, 'too-many-attempts']);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await setUp(code)).status).toBe(201);
  });

  it('refuses everything while no code was printed', async () => {
    await deps.pool.query('delete from setup_code');
    expect((await setUp('AAAA-BBBB-CCCC-DDDD')).code).toBe('wrong-setup-code');
    expect((await setUp('-')).code).toBe('wrong-setup-code');
  });

  it('keeps the code only as a hash', async () => {
    const code = await codeOf();
    const { rows } = await deps.pool.query('select setup_code::text as row from setup_code');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(code.slice(0, 4));
  });

  it('done twice at once makes one workspace', async () => {
    for (let round = 0; round < 5; round += 1) {
      const code = await codeOf();
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          setUp(code, { at: index % 2 === 0 ? server : second, email: `p${index}@loja.example` }),
        ),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
      const { rows } = await deps.pool.query<{ workspaces: number; users: number }>(
        `select (select count(*)::int from workspace) as workspaces,
                (select count(*)::int from "user") as users`,
      );
      expect(rows).toEqual([{ workspaces: 1, users: 1 }]);
      await forgetEverything();
    }
  });
});
