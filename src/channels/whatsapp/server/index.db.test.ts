import { tmpdir } from 'node:os';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Claim } from '#features/gate/server/index.ts';
import { readConfig } from '#platform/server/config.ts';
import { createDb, createPool } from '#platform/server/db.ts';
import { createFileStore } from '#platform/server/files/index.ts';
import { createKeyed } from '#platform/server/keyed-hash.ts';
import type { OutboundItem } from '../../channel.ts';
import { createWhatsApp } from './index.ts';

const log = pino({ level: 'silent' });

describe('a database that cannot be read between the claim and the request', () => {
  it('leaves the claim untaken: the message is tried again, not of unknown end', async () => {
    const pool = createPool('postgres://nobody:nothing@127.0.0.1:1/nowhere', log, 1);
    const keyed = createKeyed('a secret for tests, of thirty-two characters');
    const { channel } = createWhatsApp({
      ...{
        config: readConfig({}),
        log,
        pool,
        db: createDb(pool),
        keyed,
        files: createFileStore(tmpdir()),
      },
    });
    let taken = 0;
    const claim = {
      channelId: 'c',
      take: () => {
        taken += 1;
      },
    } as unknown as Claim<OutboundItem>;
    const outcome = await channel.send(claim, { signal: AbortSignal.timeout(8_000), attempt: 0 });
    expect(outcome).toEqual({ kind: 'retry', code: 'not-sent-in-time', afterMs: null });
    expect(taken).toBe(0);
    await pool.end();
  });
});
