import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { journalOf } from '../../tests/support/journal-of.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The built product as a process of its own, as in production. */
export interface ServerProcess {
  readonly url: string;
  /** Printed by an installation that nobody has set up yet. */
  readonly setupCode: string | null;
  stop(): Promise<void>;
  /** kill -9, and its end: nothing is said to anybody. */
  kill(): Promise<void>;
}

interface Said {
  readonly url: string;
  readonly setupCode: string | null;
}

const listen = async (child: ChildProcess): Promise<Said> => {
  if (!child.stdout) throw new Error('the server has no output');
  let setupCode: string | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    setupCode = /one-time code: (\S+)/.exec(line)?.[1] ?? setupCode;
    const url = /^ready (http\S+)/.exec(line)?.[1];
    if (url) {
      child.stdout.resume();
      return { url, setupCode };
    }
  }
  throw new Error('the server ended before it was ready; see above for why');
};

/** Whoever ends the run in the middle leaves no server behind: it notices that its starter is gone. */
const endWithStarter = "process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));";

/** Starts web and worker on a free port, or what `env` says instead, and waits until they are ready. */
export const startServerProcess = async (
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> => {
  const preload = `data:text/javascript,${encodeURIComponent(endWithStarter)}`;
  const flags = ['--enable-source-maps', '--import', preload];
  const child = spawn(process.execPath, [...flags, 'dist/server/main.js'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'error',
      GUARITA_JOURNAL: journalOf(env['DATABASE_URL'] ?? ''),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const said = await listen(child);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return { ...said, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
};
