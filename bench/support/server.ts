import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/build.ts';
import { freePort } from '../../tests/support/free-port.ts';
import { journalOf } from '../../tests/support/journal-of.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export const benchSecret = 'a secret for benches, of thirty-two characters';

export interface BenchServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resident memory in MB, as the kernel counts it. */
  memoryMb(): Promise<number>;
  stop(): Promise<void>;
}

const untilReady = async (child: ChildProcess): Promise<void> => {
  if (child.stdout === null) {
    throw new Error('no output');
  }
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('ready')) {
      child.stdout.resume();
      return;
    }
  }
  throw new Error('the server ended before it was ready');
};

/** The built server as its own process, as in production. Not built yet: builds it. */
export const startBenchServer = async (
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<BenchServer> => {
  await build(root, ['server']);
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      GUARITA_SECRET: benchSecret,
      GUARITA_REQUESTS_PER_SECOND: '0',
      PORT: String(port),
      LOG_LEVEL: 'warn',
      GUARITA_JOURNAL: journalOf(databaseUrl),
      // As `npm start` and the image set it (docs/operations.md).
      MALLOC_ARENA_MAX: '2',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilReady(child);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    memoryMb: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};
