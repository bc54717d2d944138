import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { block } from '#features/gate/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { sendMessage } from './send-message.ts';
import { aStage } from './testing/stage.ts';
import { aPhone, aText, aThread, nowInSeconds, receive, type Thread } from './testing.ts';

/**
 * A block whose end comes while the gate waits for the contact's lock: judged by `now()`, when the transaction began, it
 * would still hold (docs/gate.md, clock).
 */
const stage = aStage();

let phone: string;
let thread: Thread;

beforeEach(async () => {
  phone = aPhone();
  thread = await aThread(stage.deps, stage.place, { phone });
});

const blockLastsMs = 1_500;

/** Blocks for a moment, has `work` begin and wait for the contact, and lets it go on when the block is over. */
const acrossTheEnd = async <T>(work: () => Promise<T>): Promise<T> => {
  const expiresAt = new Date(Date.now() + blockLastsMs);
  const { id } = await block(stage.deps, stage.admin, thread.contactId, { expiresAt });
  const client = await stage.deps.pool.connect();
  try {
    await client.query('begin');
    await client.query('select 1 from contact where id = $1 for no key update', [thread.contactId]);
    const working = work();
    // It is not known yet whether it fails.
    working.catch(() => undefined);
    const waits = `select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await stage.deps.pool.query(waits)).rows).toHaveLength(1);
    const isOver = 'select expires_at <= clock_timestamp() as over from block where id = $1';
    expect((await client.query(isOver, [id])).rows).toEqual([{ over: false }]);
    await expect
      .poll(async () => (await client.query(isOver, [id])).rows, { timeout: 5_000 })
      .toEqual([{ over: true }]);
    await client.query('commit');
    return await working;
  } finally {
    client.release();
  }
};

describe('a block that ends while somebody waits for the lock', () => {
  it('drops nothing that was not sent during it', async () => {
    const text = aText(stage.place, { phone }, { timestamp: nowInSeconds() - 3_600 });
    await acrossTheEnd(() => receive(stage.deps, text));
    const { rows } =
      await sql`select 1 from message where external_id = ${text.externalId}`.execute(
        stage.deps.db,
      );
    expect(rows).toHaveLength(1);
  });

  it('refuses nothing that is sent after it', async () => {
    const answer = await acrossTheEnd(() =>
      inTx(stage.deps, stage.admin, (ctx) =>
        sendMessage(ctx, {
          conversationId: thread.conversationId,
          text: 'bom dia',
          replyToId: null,
          forwardedFrom: null,
          idempotencyKey: null,
        }),
      ),
    );
    expect(answer).toMatchObject({ kind: 'queued' });
  });

  it('is no wall for plain SQL either', async () => {
    await acrossTheEnd(() =>
      stage.deps.pool.query(
        `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at)
         values ($1, $2, $3, $4, $5, 'in', 'text', 'received', clock_timestamp())`,
        [
          stage.place.workspaceId,
          newId(),
          thread.conversationId,
          thread.contactId,
          stage.place.channelId,
        ],
      ),
    );
  });
});
