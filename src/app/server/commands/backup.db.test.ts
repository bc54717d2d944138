import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readManifest } from '#platform/server/backup/index.ts';
import { type Config, readConfig } from '#platform/server/config.ts';
import { createPool } from '#platform/server/db.ts';
import { keyOf } from '#platform/server/files/index.ts';
import { migrate } from '#platform/server/migrate.ts';
import { dropDatabase, makeEmptyDatabase } from '#platform/server/testing/test-postgres.ts';
import { projectPath } from '../project-path.ts';
import { textFrom, write } from '../testing/signed-webhook.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { backUp } from './back-up.ts';
import { restore } from './restore.ts';
import { verifyAudit } from './verify-audit.ts';

const secret = 'a secret for tests, of thirty-two characters';
const quiet = { sendsWaiting: false, say: () => undefined };

let app: TestApp;
let scratch: string;
let folders = 0;
const targets: string[] = [];

const newFolder = (): string => join(scratch, `backup-${++folders}`);

const configOf = (databaseUrl: string, more: Record<string, string> = {}): Config =>
  readConfig({
    DATABASE_URL: databaseUrl,
    GUARITA_SECRET: secret,
    GUARITA_DATA_DIR: join(scratch, `data-${++folders}`),
    ...more,
  });

const emptyDatabase = async (): Promise<string> => {
  const url = await makeEmptyDatabase(inject('adminUrl'));
  targets.push(url);
  return url;
};

const ask = async <Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
};

const saved = async (): Promise<string> => {
  const folder = newFolder();
  await backUp(configOf(app.deps.databaseUrl), folder, () => undefined);
  return folder;
};

beforeAll(async () => {
  app = await startTestApp();
  scratch = await mkdtemp(join(tmpdir(), 'guarita-commands-'));
});

afterAll(async () => {
  for (const url of targets) {
    await dropDatabase(inject('adminUrl'), url);
  }
  await app.close();
  await rm(scratch, { recursive: true, force: true });
});

describe('backup and restore', () => {
  it('bring back a whole installation that went on writing', async () => {
    let isOver = false;
    let written = 0;
    const { person } = app.a.threads[0] ?? { person: undefined };
    if (person === undefined) {
      throw new Error('nobody writes');
    }
    const writing = (async () => {
      for (; !isOver; written += 1) {
        await write(app.http, app.a.number, person, textFrom(person, `durante ${written}`));
      }
    })();
    const folder = newFolder();
    const told = await backUp(configOf(app.deps.databaseUrl), folder, () => undefined);
    isOver = true;
    await writing;
    expect(written).toBeGreaterThan(0);
    expect(told).toContain('The secret is not in it');
    const manifest = await readManifest(folder);

    const target = await emptyDatabase();
    const answer = await restore(configOf(target), folder, quiet);
    expect(answer).toContain('all counts and hashes are those of the backup');
    const [found] = await ask<{ messages: number; dangling: number; marks: number }>(
      target,
      `select (select count(*)::int from message) as messages,
              (select count(*)::int from conversation v where last_message_id is not null and not exists
                (select 1 from message m where m.id = v.last_message_id)) as dangling,
              (select count(*)::int from audit_event where action = 'installation.restored') as marks`,
    );
    const messages = manifest.tables.find(({ name }) => name === 'message');
    expect(found).toEqual({ messages: messages?.rows, dangling: 0, marks: 2 });
    // The copy of a copy is the same, but for what the restore wrote into the log.
    const again = newFolder();
    await backUp(configOf(target), again, () => undefined);
    const log = ['audit_event', 'audit_unsealed', 'audit_seal'];
    const hashes = (tables: Awaited<ReturnType<typeof readManifest>>['tables']) =>
      tables.filter(({ name }) => !log.includes(name)).map(({ name, sha256 }) => [name, sha256]);
    expect(hashes((await readManifest(again)).tables)).toEqual(hashes(manifest.tables));
  });

  it('leave an audit log that is sealed to its end', async () => {
    const config = configOf(await emptyDatabase());
    await restore(config, await saved(), quiet);
    const answer = await verifyAudit(config);
    expect(answer).toMatch(/^the audit log is whole: [1-9]/);
    expect(answer).not.toContain('wait');
    const left = 'select count(*)::int as n from audit_unsealed';
    expect(await ask(config.databaseUrl ?? '', left)).toEqual([{ n: 0 }]);
  });

  it('leave the gate closed: the walls stand again', async () => {
    const target = await emptyDatabase();
    await restore(configOf(target), await saved(), quiet);
    const insert = `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at)
      select workspace_id, gen_random_uuid(), conversation_id, contact_id, channel_id, 'in', 'text', 'received', now()
        from message where contact_id = '${app.a.blocked.contactId}' limit 1`;
    await expect(ask(target, insert)).rejects.toMatchObject({ code: 'GT001' });
    await expect(ask(target, 'delete from audit_event')).rejects.toMatchObject({ code: 'GT002' });
  });

  it('send nothing of what waited, unless told that nothing ran since', async () => {
    const [thread] = app.b.threads;
    const sent = await app.http(`/api/v1/conversations/${thread?.conversationId}/messages`, {
      ...app.b.team.agent,
      method: 'POST',
      body: { type: 'text', text: 'espera' },
    });
    expect(sent.status).toBe(202);
    const { id } = sent.json as { id: string };
    const folder = await saved();
    const stateIn = async (url: string) =>
      (await ask<{ status: string }>(url, `select status from message where id = '${id}'`))[0]
        ?.status;

    const doubting = await emptyDatabase();
    expect(await restore(configOf(doubting), folder, quiet)).toContain('1 message waited to leave');
    expect(await stateIn(doubting)).toBe('unknown');

    const sending = await emptyDatabase();
    await restore(configOf(sending), folder, { ...quiet, sendsWaiting: true });
    expect(await stateIn(sending)).toBe('queued');
    const jobs = `select count(*)::int as n from graphile_worker.jobs where task_identifier = 'conversations.deliver'`;
    expect(await ask(sending, jobs)).toEqual([{ n: 1 }]);
  });

  it('keep the secret out of the folder, and ask for the right one', async () => {
    const folder = await saved();
    expect(await readFile(join(folder, 'manifest.json'), 'utf8')).not.toContain(secret);
    const target = await emptyDatabase();
    const wrong = { GUARITA_SECRET: 'another secret, also of thirty-two characters' };
    await expect(restore(configOf(target, wrong), folder, quiet)).rejects.toThrow(
      'belongs to another secret than GUARITA_SECRET',
    );
    const config = configOf(target);
    await expect(restore({ ...config, secret: undefined }, folder, quiet)).rejects.toThrow(
      'Put the file "secret" that was kept',
    );
    expect(await ask(target, `select 1 from pg_tables where schemaname = 'public'`)).toEqual([]);
    await mkdir(config.dataDir, { recursive: true });
    await writeFile(join(config.dataDir, 'secret'), `${secret}\n`);
    await restore({ ...config, secret: undefined }, folder, quiet);
  });

  it('never overwrite anything', async () => {
    const folder = await saved();
    await expect(backUp(configOf(app.deps.databaseUrl), folder, quiet.say)).rejects.toThrow(
      'is not empty',
    );
    await expect(restore(configOf(app.deps.databaseUrl), folder, quiet)).rejects.toThrow(
      'the database of DATABASE_URL is not empty',
    );
    const config = configOf(await emptyDatabase());
    await mkdir(join(config.dataDir, 'media', 'x'), { recursive: true });
    await expect(restore(config, folder, quiet)).rejects.toThrow('media is not empty');
  });

  it('take the media along, and ask for a folder to put them in', async () => {
    const bytes = Buffer.from('um gato');
    const sha256 = createHash('sha256').update(bytes).digest();
    const key = keyOf(app.a.id, sha256);
    const config = configOf(app.deps.databaseUrl);
    const path = join(config.dataDir, 'media', 'files', key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    await app.deps.pool.query(
      'insert into stored_file (workspace_id, sha256, size_bytes) values ($1, $2, $3)',
      [app.a.id, sha256, bytes.length],
    );
    await app.deps.pool.query(
      `insert into upload (workspace_id, id, actor_kind, actor_id, kind, sha256, mime_type, size_bytes)
        values ($1, gen_random_uuid(), 'member', gen_random_uuid(), 'image', $2, 'image/png', $3)`,
      [app.a.id, sha256, bytes.length],
    );
    const folder = newFolder();
    expect(await backUp(config, folder, quiet.say)).toContain('1 files of media');
    const target = configOf(await emptyDatabase());
    const s3 = { endpoint: '', bucket: '', region: '', accessKeyId: '', secretAccessKey: '' };
    await expect(restore({ ...target, s3 }, folder, quiet)).rejects.toThrow('leave out S3_* now');
    await restore(target, folder, quiet);
    expect(await readFile(join(target.dataDir, 'media', 'files', key), 'utf8')).toBe('um gato');
    await app.deps.pool.query('delete from upload');
  });

  it('refuse what a newer version made', async () => {
    const folder = await saved();
    const file = join(folder, 'manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8')) as { migrations: unknown[] };
    manifest.migrations.push({ number: 9999, name: '9999-later.sql', hash: 'x' });
    await writeFile(file, JSON.stringify(manifest));
    await expect(restore(configOf(await emptyDatabase()), folder, quiet)).rejects.toThrow(
      'a newer or another version of Guarita (it has 9999-later.sql)',
    );
  });

  it('leave a mark until the end, on which nothing starts', async () => {
    const folder = await saved();
    await writeFile(join(folder, 'jobs.copy.gz'), 'damaged');
    const target = await emptyDatabase();
    await expect(restore(configOf(target), folder, quiet)).rejects.toThrow(
      'damaged: the list of jobs',
    );
    const pool = createPool(target, app.deps.log, 2);
    await expect(migrate(pool, projectPath('migrations'), app.deps.log)).rejects.toThrow(
      'a restore into this database is running or did not finish',
    );
    await pool.end();
  });
});
