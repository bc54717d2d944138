import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
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

  constructor(name: 'demo' | 'cli' | 'main', args: readonly string[], settings = {}) {
    const { GRAPH_API_URL: _graph, DATABASE_URL: _database, ...env } = process.env;
    const file = join(bundles, `${name}.js`);
    this.child = spawn(process.execPath, ['--enable-source-maps', file, ...args], {
      env: { ...env, ...settings },
    });
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

interface Row {
  readonly id: string;
  readonly contactName: string;
  readonly lastMessage: { readonly at: string };
}

async function rowsOf(view: string, url: string, cookie: string): Promise<Row[]> {
  const answer = await fetch(`${url}/api/v1/conversations?view=${view}&limit=100`, {
    headers: { cookie },
  });
  return ((await answer.json()) as { items: Row[] }).items;
}

const postJson = (url: string, body: unknown, headers = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

async function itemsAt<T>(url: string): Promise<T[]> {
  return ((await (await fetch(url)).json()) as { items: T[] }).items;
}

interface Place {
  readonly url: string;
  readonly cookie: string;
}

async function answer({ url, cookie }: Place, name: string, text: string): Promise<void> {
  const row = (await rowsOf('all', url, cookie)).find(({ contactName }) => contactName === name);
  const path = `${url}/api/v1/conversations/${row?.id}/messages`;
  const headers = { cookie, origin: url, 'idempotency-key': text };
  expect((await postJson(path, { type: 'text', text }, headers)).status).toBe(202);
}

beforeAll(async () => {
  await build({
    absWorkingDir: root,
    entryPoints: {
      demo: 'scripts/demo.ts',
      cli: 'src/app/server/cli.ts',
      main: 'src/app/server/main.ts',
    },
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
    const readyAt = Date.now();
    const simulator = await first.address('simulator');
    const cookie = await signIn(url);
    // The one of the seed wrote two minutes ago; this one writes by himself, and goes on.
    const harasserWroteAt = async (): Promise<number> => {
      const rows = await rowsOf('queue', url, cookie);
      const row = rows.find(({ contactName }) => contactName === 'Valdir Moura');
      return Date.parse(row?.lastMessage.at ?? '');
    };
    await expect.poll(harasserWroteAt).toBeGreaterThan(readyAt - 60_000);

    const link = new Program('cli', [
      'reset-password',
      'atendente1@demo.guarita.example',
      '--data-dir',
      join(folder, 'data'),
    ]);
    expect(await link.end()).toBe(0);
    expect(link.output).toMatch(/\/redefinir-senha\?token=\S+/);

    const said = await postJson(`${simulator}/_sim/inbound`, {
      ...{ from: '5511900009999', name: 'Zilda', text: 'oi', wait: true },
    });
    expect(await said.json()).toMatchObject({ state: 'delivered' });

    const outbox = `${simulator}/_sim/outbox?to=5511900009999`;
    await answer({ url, cookie }, 'Zilda', 'bom dia');
    await expect.poll(() => itemsAt(outbox)).toMatchObject([{ text: 'bom dia', answer: 'sent' }]);

    // Somebody tries out what happens when WhatsApp does not answer, and ends it all meanwhile.
    await postJson(`${simulator}/_sim/faults`, { hold: 'after-acceptance', times: 5 });
    await answer({ url, cookie }, 'Zilda', 'já vejo');
    await expect.poll(() => itemsAt(`${simulator}/_sim/hold`)).toHaveLength(1);

    const began = performance.now();
    expect(await first.end('SIGINT')).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);

    const second = demo(...freePorts);
    const again = await second.address('ready');
    const rows = await rowsOf('all', again, await signIn(again));
    const names = rows.map(({ contactName }) => contactName);
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
    const third = demo('--port', port, '--simulator-port', '0');
    expect(await third.end()).toBe(1);
    expect(third.output.trim()).toBe(
      `Port ${port} is taken. End the program that uses it, or choose another with --port.`,
    );
    await server.end('SIGINT');
  });

  it('answers a flag it does not know with its usage', async () => {
    const program = demo('--simulator');
    expect(await program.end()).toBe(2);
    expect(program.output).toMatch(/^Unknown option '--simulator'\n\nUsage: npm run demo/);
  });
});

describe('npm start', { timeout: startMs }, () => {
  it('says in its last line that the port is taken, and leaves nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const place = ['--data-dir', join(folder, 'data')];
    const settings = { GUARITA_DEMO: '1', LOG_LEVEL: 'warn', HOST: '127.0.0.1' };
    const program = new Program('main', ['--port', port, ...place], settings);
    expect(await program.end()).toBe(1);
    expect(program.output.trim().split('\n').at(-1)).toBe(
      `port ${port} is taken. End the program that uses it, or choose another with --port.`,
    );
    other.close();
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
