import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { pino } from 'pino';
import { connectNumber } from '#channels/whatsapp/server/index.ts';
import { aPerson } from '#features/accounts/server/testing.ts';
import { readConfig } from '#platform/server/config.ts';
import { createDb, createPool } from '#platform/server/db.ts';
import { systemActor } from '#platform/server/deps.ts';
import { openFiles } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { createKeyed } from '#platform/server/keyed-hash.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { httpTo } from '../../src/app/server/testing/http-client.ts';
import { type TestNumber, textFrom, write } from '../../src/app/server/testing/signed-webhook.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const mainProgram = join(root, 'dist/server/main.js');
const cliProgram = join(root, 'dist/server/cli.js');

/** One statement on a connection of its own. */
export const ask = async <Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
};

export interface Furnished {
  readonly number: TestNumber;
  readonly email: string;
}

/**
 * A workspace with a number and one person who can sign in.
 * @param dataDir of the installation, whose secret the number's own are sealed under
 */
export const furnish = async (databaseUrl: string, dataDir: string): Promise<Furnished> => {
  const secret = (await readFile(join(dataDir, 'secret'), 'utf8')).trim();
  const log = pino({ level: 'silent' });
  const pool = createPool(databaseUrl, log, 2);
  const config = readConfig({});
  const deps = {
    config,
    files: openFiles(config),
    log,
    pool,
    db: createDb(pool),
    keyed: createKeyed(secret),
  };
  try {
    const workspaceId = await aWorkspace(deps.db, 'Loja que se guarda');
    const number = {
      phoneNumberId: '100000000000009',
      wabaId: '200000000000009',
      displayNumber: '5511900000009',
      appSecret: 'app-secret-of-9',
      verifyToken: 'verify-token-of-9',
    };
    const input = { ...number, name: 'Loja', accessToken: 'access-token-of-9' };
    const channelId = await inTx(deps, systemActor(workspaceId), (ctx) =>
      connectNumber(ctx, input),
    );
    const { email } = await aPerson(deps.db, workspaceId, 'administrator');
    return { number: { ...number, channelId }, email };
  } finally {
    await pool.end();
  }
};

export interface Load {
  /** Texts that were answered with 200, so far. */
  readonly accepted: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Some people who write without a pause. */
export const startLoad = (url: string, number: TestNumber): Load => {
  const http = httpTo(url);
  const accepted = new Set<string>();
  let isOver = false;
  const loop = async (which: number): Promise<void> => {
    const person = {
      name: `Pessoa ${which}`,
      phone: `551197000000${which}`,
      bsuid: `BR.9${which}`,
    };
    for (let n = 0; !isOver; n += 1) {
      const text = `recado ${which}/${n}`;
      const answer = await write(http, number, person, textFrom(person, text)).catch(
        () => undefined,
      );
      if (answer?.status === 200) {
        accepted.add(text);
      }
    }
  };
  const loops = [1, 2, 3, 4].map(loop);
  return {
    accepted,
    stop: async () => {
      isOver = true;
      await Promise.all(loops);
    },
  };
};

export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
  readonly seconds: number;
  /** The most memory that the process had, in megabytes. */
  readonly peakMb: number;
}

const peakOf = async (child: ChildProcess): Promise<number> => {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

interface RunOptions {
  /** Beside the PATH, which is all that it has otherwise. */
  readonly env?: Readonly<Record<string, string>>;
  readonly killWhen?: (output: string) => boolean;
}

/** A program of the product, to its end. */
const runProgram = async (
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> => {
  const begin = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (options.killWhen?.(output) === true) {
        child.kill('SIGKILL');
      }
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let peakMb = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      peakMb = Math.max(peakMb, await peakOf(child));
      await sleep(20);
    }
  })();
  const code = await ended;
  isOver = true;
  await watching;
  return { code, output, seconds: (performance.now() - begin) / 1000, peakMb };
};

/** `npm run guarita -- ARGS`, without the building. */
export const guarita = (
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> => runProgram(cliProgram, args, options);

/** A server that is expected to refuse; one that starts is killed. */
export const startInVain = (
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> =>
  runProgram(mainProgram, ['--data-dir', dataDir, '--port', '0'], {
    env,
    killWhen: (output) => /^ready/m.test(output),
  });
