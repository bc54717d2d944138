import { readFileSync, readlinkSync } from 'node:fs';
import { systemCode } from './errors.ts';
import { type RunUser, runAs } from './run-as.ts';

const hasProc = process.platform === 'linux';

/** The fields of /proc/PID/stat from the state on (the name before them may hold spaces and brackets). */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Whether the process runs. A zombie does not: it holds nothing any more. */
export function isRunning(pid: number): boolean {
  if (hasProc) {
    const state = statFields(pid)?.[0];
    return state !== undefined && state !== 'Z' && state !== 'X';
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

function readOrEmpty(read: () => string): string {
  try {
    return read().trim();
  } catch {
    return '';
  }
}

/** Tells this process apart from a later one that got the same pid. Empty when the process does not run. */
export async function identityOf(pid: number): Promise<string> {
  if (!isRunning(pid)) return '';
  if (hasProc) {
    const boot = readOrEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
    return `${boot}:${statFields(pid)?.[19] ?? ''}`;
  }
  return (await runAs(undefined, 'ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim();
}

/** The world in which our pids have a meaning: two containers on one volume do not see each other's processes. */
export function pidNamespace(): string {
  return hasProc ? readOrEmpty(() => readlinkSync('/proc/self/ns/pid')) : process.platform;
}

/** Whether the process is a PostgreSQL server process, as far as its name tells. */
export function isNamedPostgres(pid: number): boolean {
  if (!hasProc) return isRunning(pid);
  return readOrEmpty(() => readFileSync(`/proc/${pid}/comm`, 'utf8')) === 'postgres';
}

/**
 * The PostgreSQL processes whose working directory is this data directory; undefined when the system does not tell.
 * Asked under the database's own account: root in a container may not read other accounts' links in /proc.
 */
export async function postgresProcessesIn(
  user: RunUser,
  directory: string,
): Promise<number[] | undefined> {
  if (!hasProc) return undefined;
  const list = await runAs(user, '/bin/sh', ['-c', 'ls -ld /proc/[0-9]*/cwd; :'], {
    cwd: directory,
  });
  const inside = list.stdout
    .split('\n')
    .map((line) => /\/proc\/(\d+)\/cwd -> (.*)$/.exec(line))
    .filter((match) => match !== null && match[2] === directory)
    .map((match) => Number(match?.[1]));
  // The asking shell stands in the directory itself: not seeing even that one means that we see nothing.
  if (inside.length === 0) return undefined;
  return inside.filter((pid) => isNamedPostgres(pid) && isRunning(pid));
}
