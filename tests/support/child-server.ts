import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the server of a tree, which starts in a fraction of the time the sources need. Each process has its own, until it
 * ends: another one's may be running meanwhile.
 * @returns the program
 */
export const buildServer = async (tree: string): Promise<string> => {
  const outdir = join(tree, 'test-results', `server-${process.pid}`);
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    absWorkingDir: tree,
    entryPoints: ['src/app/server/main.ts'],
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    sourcemap: true,
    logLevel: 'error',
  });
  const program = join(outdir, 'main.js');
  if (!existsSync(program)) {
    throw new Error('the server was not built');
  }
  return program;
};

export interface ChildServer {
  readonly pid: number;
  /** Undefined of a worker alone. */
  readonly url: string | undefined;
  /** Whatever it wrote: log lines of level warn and above. */
  readonly lines: readonly string[];
  readonly hasEnded: () => boolean;
  signal(signal: NodeJS.Signals): void;
  /** SIGTERM, and SIGKILL when that does not help in time. @returns its exit code, null when it was killed */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

export type ServerSettings = Readonly<Record<string, string>>;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(1));
}

const collectLines = (child: ChildProcess, onLine: (line: string) => void): void => {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      parts.filter((line) => line !== '').forEach(onLine);
    });
  }
};

/** A real process of the product, ready. @throws Error with its last lines when it does not start */
export const startServer = async (
  program: string,
  settings: ServerSettings,
): Promise<ChildServer> => {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env: {
      ...inherited,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'warn',
      GUARITA_REQUESTS_PER_SECOND: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const lines: string[] = [];
  let exit: { code: number | null } | undefined;
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      exit = { code };
      resolve(code);
    });
  });
  const ready = new Promise<string | undefined>((resolve, reject) => {
    collectLines(child, (line) => {
      lines.push(line);
      if (/^ready\b/.test(line)) {
        resolve(/^ready (http\S+)/.exec(line)?.[1]);
      }
    });
    child.once('exit', () =>
      reject(new Error(`the server did not start:\n${lines.slice(-8).join('\n')}`)),
    );
    child.once('error', reject);
  });
  const url = await ready;
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    pid: child.pid ?? 0,
    url,
    lines,
    hasEnded: () => exit !== undefined,
    signal: (signal) => {
      child.kill(signal);
    },
    stop: async () => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => void kill(), 12_000);
      const code = await ended;
      clearTimeout(timer);
      return code;
    },
    kill,
  };
};
