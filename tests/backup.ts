import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { testPassword } from '#features/accounts/server/testing.ts';
import { createPool } from '#platform/server/db.ts';
import {
  findRunningEmbeddedPostgres,
  startEmbeddedPostgres,
} from '#platform/server/embedded-postgres/index.ts';
import { migrate } from '#platform/server/migrate.ts';
import { makeScratchFolder } from '#platform/server/testing/scratch-folder.ts';
import { build } from '../scripts/build.ts';
import { projectPath } from '../src/app/server/project-path.ts';
import { httpTo } from '../src/app/server/testing/http-client.ts';
import {
  ask,
  furnish,
  guarita,
  mainProgram,
  startInVain,
  startLoad,
} from './backup/installation.ts';
import { type RoleProcess, roleProcess } from './crash/role-process.ts';
import { openVerdicts } from './crash/verdicts.ts';
import { freePort } from './support/free-port.ts';

/**
 * The commands themselves, on real data directories: taken under load, restored after the original was lost; killed in
 * the middle; the database's major version changed; much data and little memory.
 */

const bigRows = 60_000;
const mostMemoryMb = 220;
const silent = pino({ level: 'silent' });
const verdicts = openVerdicts();
const scratch = await makeScratchFolder('guarita-backups-');
const at = (name: string): string => join(scratch, name);

const urlOf = async (dataDir: string): Promise<string> => {
  const url = await findRunningEmbeddedPostgres(dataDir);
  if (url === undefined) {
    throw new Error('no database runs there');
  }
  return url;
};

const startOn = async (dataDir: string): Promise<{ server: RoleProcess; url: string }> => {
  const port = await freePort();
  const env = { GUARITA_DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn' };
  const server = roleProcess('web', mainProgram, env);
  await server.start();
  return { server, url: `http://127.0.0.1:${port}` };
};

const newPlace = async (name: string, secretOf: string): Promise<string> => {
  const dataDir = at(name);
  await mkdir(dataDir, { mode: 0o711 });
  // What lies beside the database, and is in no backup of it.
  for (const name of ['secret', 'journal.log']) {
    await cp(join(secretOf, name), join(dataDir, name));
  }
  return dataDir;
};

const savedMessages = async (folder: string): Promise<number> => {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    tables: { name: string; rows: number }[];
  };
  return manifest.tables.find(({ name }) => name === 'message')?.rows ?? -1;
};

/** Long texts, so that whatever held a table in memory would show. */
const makeBig = async (url: string): Promise<void> => {
  await ask(
    url,
    `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status, at)
      select v.workspace_id, gen_random_uuid(), v.id, v.contact_id, v.channel_id, 'internal', 'activity',
             repeat(md5(n::text), 30), 'received', clock_timestamp()
        from generate_series(1, ${bigRows}) n, (select * from conversation limit 1) v`,
  );
};

const underLoad = async (): Promise<{ original: string; folder: string }> => {
  const original = at('original');
  const { server, url } = await startOn(original);
  const { number, email } = await furnish(await urlOf(original), original);
  const load = startLoad(url, number);
  while (load.accepted.size < 50) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await makeBig(await urlOf(original));
  const before = [...load.accepted];
  const folder = at('first');
  const saved = await guarita(['backup', folder, '--data-dir', original]);
  const during = load.accepted.size - before.length;
  await load.stop();
  await server.kill();
  verdicts.holds(
    'a backup is taken while the server writes',
    saved.code === 0,
    saved.code === 0 ? `${saved.seconds.toFixed(1)} s` : saved.output,
  );
  verdicts.holds('and the server goes on meanwhile', during > 10, `${during} webhooks answered`);
  verdicts.holds(
    'its memory stays flat',
    saved.peakMb < mostMemoryMb,
    `${Math.round(saved.peakMb)} MB for ${bigRows} rows`,
  );

  const copy = await newPlace('copy', original);
  const restored = await guarita(['restore', folder, '--data-dir', copy]);
  verdicts.holds(
    'it is restored into an empty folder',
    restored.code === 0,
    restored.code === 0 ? `${restored.seconds.toFixed(1)} s` : restored.output,
  );
  verdicts.holds(
    'in flat memory too',
    restored.peakMb < mostMemoryMb,
    `${Math.round(restored.peakMb)} MB`,
  );
  const again = await startOn(copy);
  const texts = await ask<{ text: string }>(
    await urlOf(copy),
    `select text from message where direction = 'in'`,
  );
  const there = new Set(texts.map((row) => row.text));
  verdicts.none(
    'everything that was answered before is there',
    before.filter((text) => !there.has(text)),
  );
  const signed = await httpTo(again.url)('/api/auth/sign-in/email', {
    method: 'POST',
    body: { email, password: testPassword },
  });
  verdicts.holds('and people sign in', signed.status === 200, String(signed.status));
  await again.server.stop();
  return { original, folder };
};

const interrupted = async (original: string, folder: string): Promise<void> => {
  const half = at('half');
  const cut = await guarita(['backup', half, '--data-dir', original], {
    killWhen: (output) => output.includes('contact:'),
  });
  const place = await newPlace('after-half', original);
  const refused = await guarita(['restore', half, '--data-dir', place]);
  verdicts.holds(
    'a backup killed in the middle is none',
    cut.code === null && refused.code === 1 && refused.output.includes('no whole backup'),
  );

  const killed = await guarita(['restore', folder, '--data-dir', place], {
    killWhen: (output) => output.includes('conversation:'),
  });
  const start = await startInVain(place);
  verdicts.holds(
    'nothing starts on a restore killed in the middle',
    killed.code === null &&
      start.output.includes('a restore into this database is running or did not finish'),
    start.output.trim().split('\n').at(-1),
  );
  const twice = await guarita(['restore', folder, '--data-dir', place]);
  verdicts.holds(
    'and nothing is restored over it',
    twice.code === 1 && twice.output.includes('is not empty'),
  );
  await rm(join(place, 'pg'), { recursive: true });
  const anew = await guarita(['restore', folder, '--data-dir', place]);
  verdicts.holds('emptied, it is restored', anew.code === 0, anew.code === 0 ? '' : anew.output);

  const stopped = await guarita(['backup', at('second'), '--data-dir', place]);
  verdicts.holds(
    'a backup needs no server',
    stopped.code === 0 && (await savedMessages(at('second'))) === (await savedMessages(folder)),
  );
  await rm(join(place, 'secret'));
  await rm(join(place, 'pg'), { recursive: true });
  const noSecret = await guarita(['restore', folder, '--data-dir', place]);
  verdicts.holds(
    'without the secret nothing is restored',
    noSecret.code === 1 &&
      noSecret.output.includes('the secret of the installation is needed') &&
      !existsSync(join(place, 'pg')),
  );
};

const binDir = '/usr/lib/postgresql/15/bin';

const newMajor = async (): Promise<void> => {
  const dataDir = await newPlace('old-engine', at('original'));
  const old = await startEmbeddedPostgres({ dataDir, binDir, log: silent, durable: false });
  const pool = createPool(old.connectionString, silent, 2);
  await migrate(pool, projectPath('migrations'), silent);
  await furnish(old.connectionString, dataDir);
  await pool.end();
  const saved = await guarita(['backup', at('old'), '--data-dir', dataDir]);
  await old.stop();
  const refused = await guarita(['backup', at('never'), '--data-dir', dataDir]);
  const named = ['npm run guarita -- backup', 'npm run guarita -- restore'].every((text) =>
    refused.output.includes(text),
  );
  verdicts.holds(
    'data of an older engine are refused by naming the way',
    saved.code === 0 && refused.code === 1 && named,
    named ? '' : `${saved.output}${refused.output}`,
  );
  await rename(join(dataDir, 'pg'), join(dataDir, 'pg-15'));
  const restored = await guarita(['restore', at('old'), '--send-waiting', '--data-dir', dataDir]);
  const { server } = await startOn(dataDir);
  const [row] = await ask<{ major: number; workspaces: number }>(
    await urlOf(dataDir),
    `select current_setting('server_version_num')::int / 10000 as major, (select count(*)::int from workspace) as workspaces`,
  );
  await server.stop();
  verdicts.holds(
    'the way leads from PostgreSQL 15 to the bundled one',
    restored.code === 0 && row?.major === 18 && row.workspaces === 1,
    restored.code === 0 ? '' : restored.output,
  );
};

try {
  await build();
  const { original, folder } = await underLoad();
  await interrupted(original, folder);
  if (existsSync(binDir)) {
    await newMajor();
  }
} catch (error) {
  verdicts.holds(error instanceof Error ? error.message : 'the test broke', false);
} finally {
  await rm(scratch, { recursive: true, force: true });
}
process.exit(verdicts.close() ? 0 : 1);
