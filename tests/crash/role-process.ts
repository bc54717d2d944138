import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export type RoleName = 'web' | 'worker';

/** One role of the product in a process of its own, kept running the way a service manager does. */
export interface RoleProcess {
  readonly name: RoleName;
  pid(): number;
  isReady(): boolean;
  /** Resolves when it is ready; a start that finds no database is repeated. */
  start(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** kill -9, and its end. */
  kill(): Promise<void>;
  /** Orderly. */
  stop(): Promise<void>;
  /** What it said last whenever it ended by itself after having been ready: never expected. */
  readonly deaths: readonly string[];
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  readonly ready: Promise<boolean>;
  readonly lines: string[];
}

const keptLines = 40;
const running = new Set<ChildProcess>();
// However this program ends, nothing of it stays.
process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
});
process.once('SIGTERM', () => process.exit(143));
process.once('SIGINT', () => process.exit(130));

const launch = (program: string, env: Readonly<Record<string, string>>): Started => {
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const lines: string[] = [];
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  }).finally(() => running.delete(child));
  const ready = new Promise<boolean>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        lines.splice(0, lines.length - keptLines);
        if (line.startsWith('ready')) {
          resolve(true);
        }
      });
    }
    void ended.then(() => resolve(false));
  });
  return { child, ended, ready, lines };
};

export const roleProcess = (
  name: RoleName,
  program: string,
  env: Readonly<Record<string, string>>,
): RoleProcess => {
  let current: Started | undefined;
  let isReady = false;
  const expected = new WeakSet<ChildProcess>();
  const deaths: string[] = [];

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const started = current;
    if (started !== undefined) {
      expected.add(started.child);
      isReady = false;
      started.child.kill(signal);
      await started.ended;
    }
  };
  return {
    name,
    deaths,
    pid: () => current?.child.pid ?? Number.NaN,
    isReady: () => isReady,
    start: async () => {
      for (let attempt = 0; attempt < 60; attempt += 1) {
        const started = launch(program, { ...env, GUARITA_ROLES: name });
        current = started;
        if (await started.ready) {
          isReady = true;
          void started.ended.then(() => {
            if (!expected.has(started.child)) {
              isReady = false;
              deaths.push(started.lines.slice(-12).join('\n'));
            }
          });
          return;
        }
        if (expected.has(started.child)) {
          return;
        }
        await sleep(500);
      }
      throw new Error(`${name} does not start:\n${current?.lines.join('\n')}`);
    },
    signal: (signal) => {
      current?.child.kill(signal);
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
};
