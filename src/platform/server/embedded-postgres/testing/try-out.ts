import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, realpath, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { makeScratchFolder } from '#platform/server/testing/scratch-folder.ts';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../index.ts';

const debian15 = '/usr/lib/postgresql/15/bin';

/** The bundled PostgreSQL, and Debian's 15 where it is installed. */
export const installations: { name: string; major: number; with: { binDir?: string } }[] = [
  { name: 'the bundled PostgreSQL', major: 18, with: {} },
  ...(existsSync(debian15)
    ? [{ name: 'PostgreSQL 15', major: 15, with: { binDir: debian15 } }]
    : []),
];

/** A log that keeps what it is told. */
export function keepLog() {
  const lines: { level: string; fields: object; message: string }[] = [];
  const keep = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** Whatever a test started is ended, and whatever it wrote is deleted, by `clean`. */
export function makeBench() {
  const directories: string[] = [];
  const databases: EmbeddedPostgres[] = [];
  const processes: ChildProcess[] = [];

  return {
    async directory(mode = 0o755): Promise<string> {
      const directory = await realpath(await makeScratchFolder('guarita-pg-'));
      await chmod(directory, mode);
      directories.push(directory);
      return directory;
    },
    alsoDelete(directory: string): void {
      directories.push(directory);
    },
    async start(options: Omit<EmbeddedPostgresOptions, 'log'>) {
      const log = keepLog();
      const database = await startEmbeddedPostgres({ durable: false, ...options, log });
      databases.push(database);
      return { database, log };
    },
    /** The same in a process of its own, as another user if asked. */
    async hold(options: { dataDir: string; binDir?: string }, uid?: number) {
      const script = fileURLToPath(new URL('./hold-database.ts', import.meta.url));
      const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(options)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        ...(uid === undefined ? {} : { uid, gid: uid }),
      });
      processes.push(child);
      for await (const line of child.stdout) {
        const told = JSON.parse(String(line)) as {
          connectionString: string;
          pid: number;
          refusal?: string;
        };
        if (told.refusal !== undefined) throw new Error(told.refusal);
        return { child, connectionString: told.connectionString, pid: told.pid };
      }
      throw new Error('the process ended before the database was ready');
    },
    async clean(): Promise<void> {
      for (const child of processes.splice(0)) child.kill('SIGKILL');
      await Promise.all(databases.splice(0).map((database) => database.stop()));
      for (const directory of directories.splice(0)) {
        await until(() => processesIn(directory).length === 0, 10_000);
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  connectionString: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 3_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Waits for it to become true and says how long that took; fails when it does not. */
export async function until(
  true_: () => boolean | Promise<boolean>,
  milliseconds: number,
): Promise<number> {
  const begin = performance.now();
  while (!(await true_())) {
    if (performance.now() - begin > milliseconds) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return performance.now() - begin;
}

/** Whether the database answers now. */
export function answers(connectionString: string): Promise<boolean> {
  return query(connectionString, 'select 1').then(
    () => true,
    () => false,
  );
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function pids(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** Running processes whose command line or title names the directory: servers, guards and watchers. */
export function processesIn(directory: string): number[] {
  return pids().filter(
    (pid) => pid !== process.pid && readProc(pid, 'cmdline').includes(`${directory}/`),
  );
}

function statOf(pid: number): string[] {
  const stat = readProc(pid, 'stat');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The process that started this one. */
export function parentOf(pid: number): number {
  return Number(statOf(pid)[1]);
}

/** The processes that this one started. */
export function childrenOf(parent: number): number[] {
  return pids().filter((pid) => parentOf(pid) === parent);
}

/** Whether the process exists and is no zombie. */
export function lives(pid: number): boolean {
  const state = statOf(pid)[0];
  return state !== undefined && state !== '' && state !== 'Z';
}
