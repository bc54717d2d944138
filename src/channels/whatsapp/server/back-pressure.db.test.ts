import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { MessageItem } from '../../channel.ts';
import { createIngest } from './accept-webhook.ts';
import { connectNumber } from './connect-number.ts';

let deps: TestDeps;
let place: { workspaceId: string; channelId: string };

beforeAll(async () => {
  deps = await openTestDeps();
  const workspaceId = await aWorkspace(deps.db);
  const number = {
    ...{ name: 'Loja', displayNumber: '5511900000000', phoneNumberId: '1', wabaId: '2' },
    ...{ accessToken: 't', appSecret: 's', verifyToken: 'v' },
  };
  const channelId = await inTx(deps, systemActor(workspaceId), (ctx) => connectNumber(ctx, number));
  place = { workspaceId, channelId };
});
afterAll(() => deps.close());

const aText = (n: number): MessageItem => ({
  type: 'message',
  direction: 'in',
  ...place,
  externalId: newId(),
  timestamp: Math.floor(Date.now() / 1000),
  person: { phone: `55119${String(70_000_000 + n)}` },
  names: {},
  content: { kind: 'text', text: 'oi' },
  isHistory: false,
});

const megabytes = (n: number): number => n * 1024 * 1024;

/** Nothing can be stored until the answer is called. */
const holdMessages = async (): Promise<() => Promise<void>> => {
  const client = new pg.Client({ connectionString: deps.databaseUrl });
  await client.connect();
  await client.query('begin; lock table message in exclusive mode');
  return async () => {
    await client.query('rollback');
    await client.end();
  };
};

describe('a queue that cannot be worked off', () => {
  it('refuses by size and by number before memory grows, and takes again what it has room for', async () => {
    const ingest = createIngest(deps);
    const release = await holdMessages();
    const first = Array.from({ length: 6 }, (_, n) => ingest.submit([aText(n)], megabytes(10)));
    await expect(ingest.submit([aText(7)], megabytes(5))).rejects.toMatchObject({
      code: 'busy',
      status: 503,
    });
    const many = Array.from({ length: 20_000 }, (_, n) => aText(n));
    await expect(ingest.submit(many, 1)).rejects.toMatchObject({ code: 'busy', status: 503 });
    const small = ingest.submit([aText(8)], megabytes(1));
    expect(ingest.figures).toMatchObject({ waitingItems: 7, refused: 2, items: 0 });
    expect(ingest.figures.waitingBytes).toBe(megabytes(61));

    await release();
    await Promise.all([...first, small]);
    await ingest.drained();
    expect(ingest.figures).toMatchObject({ waitingItems: 0, waitingBytes: 0, items: 7, failed: 0 });
    expect(ingest.figures.batches).toBeLessThan(7);
    await ingest.submit([aText(9)], megabytes(60));
  });

  it('counts what could not be stored', async () => {
    const ingest = createIngest({
      ...deps,
      pool: { connect: () => Promise.reject(new Error('connection refused')) } as never,
      db: undefined as never,
    });
    await expect(ingest.submit([aText(1)])).rejects.toMatchObject({ status: 503 });
    expect(ingest.figures).toMatchObject({ failed: 1, waitingItems: 0 });
  });
});
