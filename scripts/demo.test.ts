import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Below the root, where the packages are found. */
const bundles = join(root, 'node_modules/.cache/demo-test');

let folder: string;
let running: Program[] = [];

const startMs = 150_000;

class Program {
  readonly child: ChildProcess;
  output = '';
  #closed: Promise<unknown>;

  constructor(name: 'demo' | 'cli', args: readonly string[]) {
    const { GRAPH_API_URL: _graph, DATABASE_URL: _database, ...env } = process.env;
    const file = join(bundles, `${name}.js`);
    this.child = spawn(process.execPath, ['--enable-source-maps', file, ...args], { env });
    this.child.stdout?.on('data', (chunk) => this.#hear(chunk));
    this.child.stderr?.on('data', (chunk) => this.#hear(chunk));
    this.#closed = once(this.child, 'close');
    running.push(this);
  }

  #hear(chunk: Buffer): void {
    this.output += chunk.toString();
  }

  /** Beside three other levels on a slow machine a start takes more than a minute. */
  async address(word: string): Promise<string> {
    const line = new RegExp(`^${word} (http://127\\.0\\.0\\.1:\\d+)$`, 'm');
    await expect.poll(() => this.output, { timeout: startMs }).toMatch(line);
    return line.exec(this.output)?.[1] ?? '';
  }

  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal !== undefined) this.child.kill(signal);
    await this.#closed;
    return this.child.exitCode;
  }
}

const demo = (...args: string[]): Program =>
  new Program('demo', ['--no-open', '--data-dir', join(folder, 'data'), ...args]);

const freePorts = ['--port', '0', '--simulator-port', '0'];

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'admin@demo.guarita.example', password: 'guarita-demo' }),
  });
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie().join('; ');
}

async function namesInQueue(url: string, cookie: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/v1/conversations?view=queue&limit=100`, {
    headers: { cookie },
  });
  const { items } = (await answer.json()) as { items: { contactName: string }[] };
  return items.map(({ contactName }) => contactName);
}

beforeAll(async () => {
  await build({
    absWorkingDir: root,
    entryPoints: { demo: 'scripts/demo.ts', cli: 'src/app/server/cli.ts' },
    outdir: bundles,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    sourcemap: true,
  });
  folder = await mkdtemp(join(tmpdir(), 'guarita-demo-'));
  // As root the database runs as somebody else, who must be able to pass through.
  await chmod(folder, 0o711);
});

afterEach(async () => {
  for (const program of running) {
    if (program.child.exitCode === null) await program.end('SIGKILL');
  }
  running = [];
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('npm run demo', { timeout: 3 * startMs }, () => {
  it('shows a shop with people who write, ends within five seconds, and goes on next time', async () => {
    const first = demo(...freePorts);
    const url = await first.address('ready');
    const simulator = await first.address('simulator');
    const cookie = await signIn(url);
    expect(await namesInQueue(url, cookie)).toContain('Valdir Moura');

    const link = new Program('cli', [
      'reset-password',
      'atendente1@demo.guarita.example',
      '--data-dir',
      join(folder, 'data'),
    ]);
    expect(await link.end()).toBe(0);
    expect(link.output).toMatch(/\/redefinir-senha\?token=\S+/);

    const said = await fetch(`${simulator}/_sim/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: '5511900009999', name: 'Zilda', text: 'oi', wait: true }),
    });
    expect(await said.json()).toMatchObject({ state: 'delivered' });

    const began = performance.now();
    expect(await first.end('SIGINT')).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);

    const second = demo(...freePorts);
    const again = await second.address('ready');
    const names = await namesInQueue(again, await signIn(again));
    expect(names).toContain('Zilda');
    expect(names.filter((name) => name === 'Valdir Moura')).toHaveLength(1);
    await second.end('SIGTERM');
  });

  it('says in one line that a port is taken, and leaves nothing running', async () => {
    const server = demo(...freePorts);
    const { port } = new URL(await server.address('ready'));
    const other = demo('--simulator-port', port, '--port', '0');
    expect(await other.end()).toBe(1);
    expect(other.output.trim()).toBe(
      `Port ${port} is taken. End the program that uses it, or choose another with --simulator-port.`,
    );
    await server.end('SIGINT');
  });

  it('answers a flag it does not know with its usage', async () => {
    const program = demo('--simulator');
    expect(await program.end()).toBe(2);
    expect(program.output).toMatch(/^Unknown option '--simulator'\n\nUsage: npm run demo/);
  });
});

describe('npm run guarita', () => {
  it.each([
    [['reset-password', 'nobody@demo.guarita.example'], 'nobody here signs in with'],
    [
      ['reset-password', 'a@b.example', '--data-dir', '/nowhere/guarita'],
      'there is no database in',
    ],
  ])('says what is wrong with %j', async (args, message) => {
    const place = args.includes('--data-dir') ? [] : ['--data-dir', join(folder, 'data')];
    const program = new Program('cli', [...args, ...place]);
    expect(await program.end()).toBe(1);
    expect(program.output).toContain(message);
    expect(program.output.trim().split('\n')).toHaveLength(1);
  });
});
