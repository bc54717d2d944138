import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { askServer } from './ask-server.ts';
import { EmbeddedPostgresError } from './errors.ts';
import type { LauncherLog } from './launcher-log.ts';
import { waitUntil } from './pause.ts';
import { isNamedPostgres, isRunning, postgresProcessesIn } from './process-table.ts';
import type { RunUser } from './run-as.ts';

interface PidFile {
  pid: number;
  port: number;
}

async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return pid > 0 ? { pid, port: Number(lines[3]) } : undefined;
}

function send(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone already, or not ours to stop; the wait after this tells.
    }
  }
}

async function endAll(find: () => Promise<number[]>, first: number | undefined): Promise<void> {
  const gone = async (): Promise<boolean> => (await find()).length === 0;
  // Backends without a postmaster notice by themselves unless they are busy.
  if (first !== undefined) send([first], 'SIGINT');
  if (await waitUntil(gone, first === undefined ? 1_000 : 8_000)) return;
  send(await find(), 'SIGQUIT');
  if (await waitUntil(gone, 3_000)) return;
  send(await find(), 'SIGKILL');
  await waitUntil(gone, 3_000);
}

/**
 * Stops whatever a dead launcher or a dead postmaster left running on this cluster, after making sure that it is that, and takes a
 * stale `postmaster.pid` away. To be called by the holder of the launcher's lock only.
 */
export async function clearLeftovers(options: {
  cluster: string;
  user: RunUser;
  password: string;
  log: LauncherLog;
}): Promise<void> {
  const { cluster, user, password, log } = options;
  const file = await readPidFile(cluster);
  const inside = await postgresProcessesIn(user, cluster);
  if (inside !== undefined) {
    if (inside.length > 0) {
      log.warn({ pids: inside }, 'Stopping database processes that an earlier run left behind');
      const postmaster = file !== undefined && inside.includes(file.pid) ? file.pid : undefined;
      await endAll(async () => (await postgresProcessesIn(user, cluster)) ?? [], postmaster);
    }
    const rest = (await postgresProcessesIn(user, cluster)) ?? [];
    if (rest.length > 0) throw inUse(cluster, rest[0] ?? 0);
    // Nothing serves this directory: the pid in the file is a zombie's or some other program's.
    await rm(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  if (file === undefined || !isRunning(file.pid) || !isNamedPostgres(file.pid)) return;
  // Where the system does not show working directories, the server itself tells whose it is.
  if ((await askServer(file.port, password, cluster)) !== 'ready') return;
  log.warn({ pids: [file.pid] }, 'Stopping a database that an earlier run left behind');
  await endAll(async () => (isRunning(file.pid) ? [file.pid] : []), file.pid);
}

function inUse(cluster: string, pid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'data-in-use',
    `Process ${pid} works on the database in ${cluster} and does not end. End it (kill -9 ${pid}) and start again.`,
  );
}
