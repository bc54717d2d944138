import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedPostgresError } from './errors.ts';

/** The account the database runs under; undefined means our own. */
export type RunUser = { uid: number; gid: number } | undefined;

export interface RunResult {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The system's code when the program could not be started at all. */
  failure?: string;
}

// Nothing of our own environment reaches the database: PGPORT, PGTZ and the like would change it, secrets do not belong in it.
const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/run/current-system/sw/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Starts a program under the given account, in a directory that account can enter. */
export function spawnAs(
  user: RunUser,
  command: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  return spawn(command, args, { cwd: '/', env: environment, ...options, ...user });
}

/** Runs a program under the given account to its end. Never throws: a failure to start is in the result. */
export function runAs(
  user: RunUser,
  command: string,
  args: readonly string[],
  options: { input?: string; cwd?: string } = {},
): Promise<RunResult> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    const failed = (error: NodeJS.ErrnoException): void =>
      resolve({ code: null, stdout, stderr, failure: error.code ?? 'unknown' });
    try {
      const child = spawnAs(user, command, args, { stdio: 'pipe', cwd: options.cwd ?? '/' });
      child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        stdout += chunk;
      });
      child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
        stderr += chunk;
      });
      child.on('error', failed);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
      child.stdin?.on('error', () => {});
      child.stdin?.end(options.input ?? '');
    } catch (error) {
      failed(error as NodeJS.ErrnoException);
    }
  });
}

async function accountNamed(name: string): Promise<RunUser> {
  const [uid, gid] = await Promise.all([
    runAs(undefined, 'id', ['-u', name]),
    runAs(undefined, 'id', ['-g', name]),
  ]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  // macOS writes nobody as -2.
  const account = { uid: Number(uid.stdout) >>> 0, gid: Number(gid.stdout) >>> 0 };
  return account.uid > 0 ? account : undefined;
}

async function unprivilegedAccount(existing: string | undefined): Promise<RunUser> {
  if (existing !== undefined) {
    const owner = statSync(existing);
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  return (
    (await accountNamed('postgres')) ?? (await accountNamed('nobody')) ?? { uid: 65534, gid: 65534 }
  );
}

/**
 * PostgreSQL refuses to run as root. Then it runs as whoever owns the data already, else as `postgres`, else as `nobody`; no account is
 * ever made.
 */
export async function chooseRunUser(existingCluster: string | undefined): Promise<RunUser> {
  if (process.getuid?.() !== 0) return undefined;
  const user = await unprivilegedAccount(existingCluster);
  const trial = await runAs(user, '/bin/sh', ['-c', ':']);
  if (trial.code === 0) return user;
  throw new EmbeddedPostgresError(
    'cannot-drop-privileges',
    `PostgreSQL refuses to run as root, and this process may not change to user ${user?.uid} (${trial.failure ?? `exit ${trial.code}`}). ` +
      'Start Guarita as an ordinary user, or give the container the right to change user (CAP_SETUID, CAP_SETGID), or set DATABASE_URL.',
  );
}

/** Whether the account can enter the directory. */
export async function canEnter(user: RunUser, directory: string): Promise<boolean> {
  return (await runAs(user, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory])).code === 0;
}
