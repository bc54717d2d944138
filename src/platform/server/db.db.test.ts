import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDb, createPool, noLimits, requestLimits } from './db.ts';
import { isDatabaseAwayError, isRetryableTransactionError } from './errors.ts';
import { inTx } from './in-tx.ts';
import { aMember, aWorkspace } from './testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from './testing/test-deps.ts';

const log = pino({ level: 'silent' });
let deps: TestDeps;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

/** A line to the database that goes dead without a word, as a cut cable does. */
const openDeadLine = async () => {
  const target = new URL(deps.databaseUrl);
  const sockets: Socket[] = [];
  let isDead = false;
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    sockets.push(near, far);
    near.on('error', () => far.destroy()).on('data', (bytes) => isDead || far.write(bytes));
    far.on('error', () => near.destroy()).on('data', (bytes) => isDead || near.write(bytes));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = new URL(deps.databaseUrl);
  url.port = String(typeof address === 'object' ? address?.port : '');
  return {
    url: url.href,
    setDead: (now: boolean) => {
      isDead = now;
    },
    close: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

describe('the connections of the pool', () => {
  it('wait for no lock, run no statement and hold no transaction for ever', async () => {
    const { rows } = await deps.pool.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings where name in
        ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout') order by name`,
    );
    expect(rows.map(({ setting }) => Number(setting))).toEqual([
      requestLimits.idleInTransactionMs,
      requestLimits.lockMs,
      requestLimits.statementMs,
    ]);
  });

  it('wait as long as it takes where that is asked for', async () => {
    const pool = createPool(deps.databaseUrl, log, 1, noLimits);
    const { rows } = await pool.query('show statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '0' }]);
    await pool.end();
  });

  it('give up a database that says nothing any more, and are not used again', async () => {
    const line = await openDeadLine();
    const pool = createPool(line.url, log, 1, { ...noLimits, answerMs: 300 });
    try {
      await pool.query('select 1');
      line.setDead(true);
      const error: unknown = await pool.query('select $1::int', [2]).catch((e: unknown) => e);
      expect(isDatabaseAwayError(error)).toBe(true);
      const inside: unknown = await createDb(pool)
        .transaction()
        .execute((tx) => sql`select 1`.execute(tx))
        .catch((e: unknown) => e);
      expect(isDatabaseAwayError(inside)).toBe(true);
      line.setDead(false);
      const { rows } = await pool.query('select $1::int as three', [3]);
      expect(rows).toEqual([{ three: 3 }]);
    } finally {
      await pool.end();
      await line.close();
    }
  });

  it('fail at once with what shared the line that went dead, and leave their place to whoever waits', async () => {
    const line = await openDeadLine();
    const pool = createPool(line.url, log, 1, { ...noLimits, answerMs: 1_000 });
    try {
      const client = await pool.connect();
      const ended = (query: Promise<unknown>) => query.then(() => 'answered', isDatabaseAwayError);
      await client.query('select 1');
      line.setDead(true);
      const first = ended(client.query('select 1'));
      await sleep(500);
      const second = ended(client.query('select 2'));
      const waiting = pool.query('select 3 as three');
      expect(await first).toBe(true);
      expect(await Promise.race([second, sleep(250, 'waits')])).toBe(true);
      line.setDead(false);
      client.release(true);
      expect((await waiting).rows).toEqual([{ three: 3 }]);
    } finally {
      await pool.end();
      await line.close();
    }
  });
});

describe('a lock that is held for too long', () => {
  it('makes the transaction fail with what is worth repeating', async () => {
    const workspaceId = await aWorkspace(deps.db);
    const member = await aMember(deps.db, workspaceId);
    const pool = createPool(deps.databaseUrl, log, 2, { ...requestLimits, lockMs: 50 });
    const holder = await deps.pool.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from workspace where id = $1 for update', [workspaceId]);
      let tries = 0;
      const error: unknown = await inTx({ ...deps, pool, db: createDb(pool) }, member, (ctx) => {
        tries += 1;
        return sql`select 1 from workspace where id = ${workspaceId} for update`.execute(ctx.tx);
      }).catch((e: unknown) => e);
      expect(isRetryableTransactionError(error)).toBe(true);
      expect(tries).toBe(3);
    } finally {
      await holder.query('rollback');
      holder.release();
      await pool.end();
    }
  });
});
