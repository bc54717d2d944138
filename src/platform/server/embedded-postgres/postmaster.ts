import type { ChildProcess } from 'node:child_process';
import { askServer } from './ask-server.ts';
import type { DataPaths } from './data-location.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { pause, waitUntil } from './pause.ts';
import { isNamedPostgres, isRunning } from './process-table.ts';
import { type RunUser, runAs, spawnAs } from './run-as.ts';
import type { ServerLog } from './server-log.ts';

/**
 * Stands between us and the server. Its standard input is a pipe that we hold and never write to: when we die, however that happens,
 * the pipe ends and the watcher stops the server. Descriptor 3 is held by the watcher alone, so that we see it die. The shell itself
 * waits for the server and ends with it, so that a killed server leaves no zombie.
 */
const guard = `
umask 077
exec 4<&0
"$@" </dev/null >&2 3>&- 4<&- &
server=$!
echo "$server"
exec >/dev/null
(
  trap '' HUP INT TERM
  while read -r line <&4; do :; done
  kill -INT "$server"
  tries=0
  while read -r holder < postmaster.pid && [ "$holder" = "$server" ]; do
    [ "$tries" -lt 20 ] || kill -QUIT "$server"
    tries=$((tries + 1))
    sleep 1 3>&- 4<&-
  done
) 2>/dev/null &
watcher=$!
exec 3>&- 4<&- </dev/null
trap : HUP INT TERM
while :; do
  wait "$server"
  code=$?
  [ "$code" -gt 128 ] && kill -0 "$server" 2>/dev/null || break
done
kill -KILL "$watcher" 2>/dev/null
exit "$code"
`;

/** A server that was started, ready or not. */
export interface Postmaster {
  readonly pid: number;
  /** Settles when the server or one of its guards ended. */
  readonly lost: Promise<void>;
  isLost(): boolean;
  /** Ends the server: orderly, then at once (its log makes that safe), then by force. */
  end(): Promise<void>;
}

export interface PostmasterOptions {
  paths: DataPaths;
  postgres: string;
  user: RunUser;
  serverLog: ServerLog;
}

/** On Linux the kernel itself can stop the server when its guard is killed. */
async function boundToGuard(user: RunUser): Promise<string[]> {
  const prefix = ['setpriv', '--pdeathsig', 'INT'];
  if (process.platform !== 'linux') return [];
  return (await runAs(user, 'setpriv', ['--pdeathsig', 'INT', 'true'])).code === 0 ? prefix : [];
}

function announcedPid(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (cause: string): void =>
      reject(new EmbeddedPostgresError('start-failed', `PostgreSQL did not start: ${cause}.`));
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('\n')) resolve(Number(text));
    });
    child.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    child.once('exit', () => fail('its guard ended'));
  });
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone already.
  }
}

/** Starts the server process; it is not ready yet. */
export async function launchPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const { paths, user } = options;
  const bound = await boundToGuard(user);
  const command = [...bound, options.postgres, '-D', paths.cluster];
  const child = spawnAs(
    user,
    '/bin/sh',
    ['-c', guard, 'sh', ...command, '-c', `config_file=${paths.config}`],
    {
      cwd: paths.cluster,
      // A session of its own: Ctrl-C in the terminal is for us, who then stop the server last.
      detached: true,
      stdio: ['pipe', 'pipe', options.serverLog.fd, 'pipe'],
    },
  );
  let over = false;
  const lost = new Promise<void>((resolve) => {
    const end = (): void => {
      over = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
    const watcher = child.stdio[3];
    if (watcher && 'read' in watcher) watcher.on('error', end).once('close', end).resume();
  });
  child.stdin?.on('error', () => {});
  const pid = await announcedPid(child);
  const guardEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const gone = (): boolean => guardEnded() && !isRunning(pid);
  return {
    pid,
    lost,
    isLost: () => over,
    async end() {
      // While the guard lives the pid is still the server's, even when that is dead.
      for (const [name, patience] of [
        ['SIGINT', 3_500],
        ['SIGQUIT', 1_500],
        ['SIGKILL', 2_000],
      ] as const) {
        if (!guardEnded() || isNamedPostgres(pid)) signal(pid, name);
        if (await waitUntil(gone, patience)) break;
      }
      child.stdin?.destroy();
    },
  };
}

/** Waits until the server answers as this very cluster. Recovery after a crash may take its time; a dead server or an abort ends the wait. */
export async function untilReady(
  postmaster: Postmaster,
  options: PostmasterOptions & { port: number; password: string; logFrom: number },
  abort: AbortSignal,
): Promise<void> {
  const { paths, serverLog } = options;
  while (!postmaster.isLost()) {
    if (abort.aborted) throw new EmbeddedPostgresError('stopped', 'The database was stopped.');
    const answer = await askServer(options.port, options.password, paths.cluster);
    if (answer === 'ready') return;
    // Only a server of ours may judge the password; another program at this port makes ours end by itself.
    if (answer === 'refused' && (await settled(postmaster))) {
      throw new EmbeddedPostgresError(
        'password-refused',
        `The database in ${paths.cluster} does not accept the password in ${paths.password}. Delete that file and start again: a new password is made.`,
      );
    }
    await pause(30, abort);
  }
  const cause = serverLog.complaintsSince(options.logFrom) || 'it ended without saying why';
  throw new EmbeddedPostgresError(
    /TCP\/IP socket/.test(cause) ? 'port-in-use' : 'start-failed',
    `PostgreSQL did not start: ${cause}. See ${paths.serverLog}.`,
  );
}

/** Whether the server is still there a moment later. */
async function settled(postmaster: Postmaster): Promise<boolean> {
  await Promise.race([postmaster.lost, pause(1_000)]);
  return !postmaster.isLost();
}
