import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { pino } from 'pino';
import { createPool } from '#platform/server/db.ts';
import { startEmbeddedPostgres } from '#platform/server/embedded-postgres/index.ts';
import { migrate } from '#platform/server/migrate.ts';
import { percentile } from './figures.ts';

const silent = pino({ level: 'silent' });
const run = promisify(execFile);
const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));

/** The PostgreSQL of a bench run: the bundled one, as installed, with fsync. */
export interface BenchPostgres {
  /** A migrated, empty database. @returns its address */
  makeDatabase(name: string): Promise<string>;
  /** The same with everything in it, while nobody is connected. @returns its address */
  copyDatabase(name: string, from: string): Promise<string>;
  stop(): Promise<void>;
}

export const startBenchPostgres = async (): Promise<BenchPostgres> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'guarita-bench-'));
  await chmod(dataDir, 0o711);
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: silent,
    settings: { max_connections: '200' },
  });
  const create = async (name: string, more = ''): Promise<URL> => {
    const admin = createPool(postgres.connectionString, silent, 1);
    await admin.query(`create database ${name} ${more}`);
    await admin.end();
    const url = new URL(postgres.connectionString);
    url.pathname = `/${name}`;
    return url;
  };
  return {
    makeDatabase: async (name) => {
      const url = await create(name);
      const pool = createPool(url.href, silent, 2);
      await migrate(pool, migrations, silent);
      await pool.end();
      return url.href;
    },
    copyDatabase: async (name, from) => {
      const url = await create(name, `template ${from} strategy file_copy`);
      return url.href;
    },
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/** Runs statements on a connection of its own. */
export const withClient = async <T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

export interface PgbenchFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const readLatencies = async (directory: string): Promise<number[]> => {
  const latencies: number[] = [];
  for (const name of await readdir(directory)) {
    if (name.startsWith('log')) {
      const text = await readFile(join(directory, name), 'utf8');
      for (const line of text.trimEnd().split('\n')) {
        latencies.push(Number(line.split(' ')[2]) / 1000);
      }
    }
  }
  return latencies;
};

/**
 * The reference: one transaction a script run, prepared, at so many clients.
 * @throws Error when pgbench is not installed (Debian: postgresql-contrib)
 */
export const pgbench = async (
  url: string,
  script: string,
  clients: number,
  seconds: number,
): Promise<PgbenchFigures> => {
  const directory = await mkdtemp(join(tmpdir(), 'guarita-pgbench-'));
  const file = join(directory, 'script.sql');
  await writeFile(file, script);
  try {
    await run(
      'pgbench',
      [
        '-n',
        '-M',
        'prepared',
        '-c',
        String(clients),
        '-j',
        '2',
        '-T',
        String(seconds),
        '-f',
        file,
      ].concat(['--log', `--log-prefix=${join(directory, 'log')}`, url]),
      { maxBuffer: 1 << 24 },
    );
    const latencies = await readLatencies(directory);
    return {
      perSecond: latencies.length / seconds,
      p50Ms: percentile(latencies, 50),
      p99Ms: percentile(latencies, 99),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error('pgbench was not found: install postgresql-contrib (Debian) and run again');
    }
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
