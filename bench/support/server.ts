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

const untilReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    if (child.stdout === null) {
      throw new Error('no output');
    }
    const lines = createInterface({ input: child.stdout });
    lines.on('close', () => reject(new Error('the server ended before it was ready')));
    lines.on('line', (line) => {
      if (line.startsWith('ready')) {
        resolve();
      }
    });
  });

/**
 * The built server as its own process, as in production. Not built yet: builds it.
 * @param flags of Node
 */
export const startBenchServer = async (
  databaseUrl: string,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<BenchServer> => {
  await build(root, ['server']);
  const port = await freePort();
  const child = spawn(process.execPath, [...flags, 'dist/server/main.js'], {
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
