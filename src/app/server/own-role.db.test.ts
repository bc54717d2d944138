import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readConfig } from '#platform/server/config.ts';
import { createPool } from '#platform/server/db.ts';
import {
  cloneDatabase,
  dropDatabase,
  roleOfItsOwn,
  superuser,
} from '#platform/server/testing/test-postgres.ts';
import { createDeps } from './deps.ts';
import { projectPath } from './project-path.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { httpTo } from './testing/http-client.ts';
import { aTestWorkspace, type TestWorkspace } from './testing/test-workspace.ts';

const log = pino({ level: 'silent' });
const dataDir = mkdtempSync(join(tmpdir(), 'guarita-role-'));

let ownerUrl: string;
let serverUrl: string;
let rootUrl: string;
let server: RunningServer;
let workspace: TestWorkspace;

const as = async (url: string, text: string): Promise<unknown> => {
  const pool = createPool(url, log, 1);
  try {
    return (await pool.query(text)).rows;
  } finally {
    await pool.end();
  }
};

const roles: Readonly<Record<string, string>> = {
  OWNER: 'guarita',
  SERVER: roleOfItsOwn,
  ROOT: superuser,
  GROUP: 'guarita_group',
};
const named = (text: string): string =>
  text
    .replaceAll(/OWNER|SERVER|ROOT|GROUP/g, (word) => roles[word] ?? word)
    .replaceAll('DATABASE', new URL(ownerUrl).pathname.slice(1));

const settings = (): Record<string, string> => ({
  DATABASE_URL: serverUrl,
  DATABASE_OWNER_URL: ownerUrl,
  GUARITA_DATA_DIR: dataDir,
  GUARITA_SECRET: 'a secret for tests, of thirty-two characters',
  GRAPH_API_URL: 'http://127.0.0.1:9',
  PORT: '0',
});

const configOf = (more: Record<string, string> = {}) => readConfig({ ...settings(), ...more });

beforeAll(async () => {
  ownerUrl = await cloneDatabase(inject('adminUrl'));
  const url = new URL(ownerUrl);
  url.username = roleOfItsOwn;
  serverUrl = url.href;
  url.username = superuser;
  rootUrl = url.href;
  server = await startServer(configOf(), log);
  workspace = await aTestWorkspace(server.deps, httpTo(server.url ?? ''), 1, 1);
}, 60_000);
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true });
  await dropDatabase(inject('adminUrl'), ownerUrl);
});

describe('a server with a role of its own', () => {
  it('signs in, stores, blocks and audits, and its worker seals', async () => {
    const count = async () =>
      (await as(serverUrl, `select count(*)::int as sealed from audit_seal`)) as {
        sealed: number;
      }[];
    await expect
      .poll(async () => (await count())[0]?.sealed, { timeout: 10_000 })
      .toBeGreaterThan(3);
    const answer = await httpTo(server.url ?? '')('/api/v1/blocks', workspace.team.administrator);
    expect(answer.json).toMatchObject({ items: [{ isActive: true }] });
  });

  it('removes to the last: its worker writes the tables anew as their owner', async () => {
    const http = httpTo(server.url ?? '');
    const [thread] = workspace.threads;
    const removed = await http('/api/v1/messages/removals', {
      ...workspace.team.moderator,
      method: 'POST',
      body: { messageIds: thread?.messageIds, reason: 'sexual' },
    });
    expect([removed.status, removed.json]).toMatchObject([200, { state: 'removing' }]);
    const path = `/api/v1/removal-requests/${(removed.json as { id: string }).id}`;
    const look = async () => (await http(path, workspace.team.moderator)).json;
    await expect.poll(look, { timeout: 30_000 }).toMatchObject({ state: 'removed' });
  }, 40_000);

  it.each([
    'update audit_event set action = action',
    'delete from audit_event',
    'truncate audit_event',
    'update audit_seal set seq = seq',
    'delete from audit_seal',
    'alter table audit_event disable trigger user',
    'drop trigger audit_event_append_only on audit_event',
    'drop table audit_seal',
    "insert into schema_migration (number, name, hash) values (9999, 'x', 'x')",
    'grant update on audit_event to public',
  ])('may not: %s', async (statement) => {
    // 42501: refused by the database before any trigger is asked.
    const refused = as(serverUrl, statement);
    if (statement.startsWith('grant')) {
      await refused;
      const [{ may } = { may: true }] = (await as(
        serverUrl,
        `select has_table_privilege(current_user, 'audit_event', 'update') as may`,
      )) as { may: boolean }[];
      expect(may).toBe(false);
    } else {
      await expect(refused).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('starts again, and once more after nothing has changed', async () => {
    const deps = await createDeps(configOf(), log, serverUrl, projectPath('migrations'));
    await deps.pool.end();
  });

  it.each([
    ['alter role SERVER superuser', 'it is a superuser'],
    ['grant OWNER to SERVER', 'it is a member of OWNER, which owns the audit log'],
    ['alter role SERVER noinherit; grant OWNER to SERVER', 'a member of OWNER, which owns'],
    ['grant ROOT to SERVER', 'it is a member of ROOT, which is a superuser'],
    ['alter schema public owner to SERVER', 'it owns the schema of the audit log'],
    ['alter database DATABASE owner to SERVER', 'of pg_database_owner, which owns the schema'],
    ['grant update (action) on audit_event to GROUP; grant GROUP to SERVER', 'of GROUP, which may'],
    ['grant truncate on audit_seal to public', 'it may change, delete or empty the audit log'],
  ])('is refused where its role could unmake the audit log: %s', async (statement, why) => {
    const start = async () => {
      const deps = await createDeps(configOf(), log, serverUrl, projectPath('migrations'));
      await deps.pool.end();
    };
    await as(rootUrl, named(`create role GROUP; ${statement}`));
    try {
      await expect(start()).rejects.toThrow(named(why));
    } finally {
      await as(
        rootUrl,
        named(
          `alter role SERVER nosuperuser inherit; alter schema public owner to pg_database_owner;
           alter database DATABASE owner to OWNER;
           revoke truncate on audit_seal from public; revoke OWNER, ROOT from SERVER;
           drop owned by GROUP; drop role GROUP`,
        ),
      );
    }
    await start();
  });

  it('starts where the owner of the tables may act for its role', async () => {
    // As with a provider's first role, which is a member of those that it makes.
    await as(rootUrl, named('grant SERVER to OWNER'));
    try {
      const deps = await createDeps(configOf(), log, serverUrl, projectPath('migrations'));
      await deps.pool.end();
    } finally {
      await as(rootUrl, named('revoke SERVER from OWNER'));
    }
  });

  it('starts without the address of the owner when nothing is to be migrated', async () => {
    const { DATABASE_OWNER_URL: _, ...alone } = settings();
    const deps = await createDeps(readConfig(alone), log, serverUrl, projectPath('migrations'));
    await deps.pool.end();
  });

  it('is refused when it is the owner under another address', async () => {
    const config = configOf({ DATABASE_URL: ownerUrl });
    await expect(createDeps(config, log, ownerUrl, projectPath('migrations'))).rejects.toThrow(
      'the same role',
    );
    expect(() => readConfig({ DATABASE_OWNER_URL: ownerUrl })).toThrow('only beside DATABASE_URL');
  });
});
