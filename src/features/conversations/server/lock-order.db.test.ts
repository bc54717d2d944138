import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { mergeContacts } from './merge-contacts.ts';
import { aStage } from './testing/stage.ts';
import { aBsuid, aNumberChange, aPhone, aText, aThread, receive, type Thread } from './testing.ts';

/** Somebody works on conversations alone, without their contacts, as assigning does. */
const stage = aStage();

let first: Thread & { person: PersonRef };
let second: Thread & { person: PersonRef };

const thread = async (person: PersonRef) => ({
  ...(await aThread(stage.deps, stage.place, person)),
  person,
});

beforeEach(async () => {
  [first, second] = [await thread({ phone: aPhone() }), await thread({ bsuid: aBsuid() })];
});

const inClient = async (work: (client: PoolClient) => Promise<void>): Promise<void> => {
  const client = await stage.deps.pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
};

const lock = (client: PoolClient, { conversationId }: Thread, how = '') =>
  client.query(`select 1 from conversation where id = $1 for update ${how}`, [conversationId]);

/** While the client holds the first conversation and `waiting` waits for it, the second must be free. */
const expectSecondFree = async (work: () => Promise<unknown>): Promise<void> => {
  let waiting: Promise<unknown> = Promise.resolve();
  await inClient(async (client) => {
    await lock(client, first);
    waiting = work();
    await sleep(300);
    await lock(client, second, 'nowait');
  });
  await waiting;
};

describe('a merge', () => {
  const merge = () =>
    inTx(stage.deps, stage.admin, (ctx) => mergeContacts(ctx, first.contactId, second.contactId));

  it('takes along the line of somebody who assigned the conversation meanwhile', async () => {
    let merging: Promise<string> = Promise.resolve('');
    await inClient(async (client) => {
      await lock(client, second);
      await client.query(
        `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at)
         values ($1, $2, $3, $4, $5, 'internal', 'activity', 'sent', clock_timestamp())`,
        [
          stage.place.workspaceId,
          newId(),
          second.conversationId,
          second.contactId,
          stage.place.channelId,
        ],
      );
      merging = merge();
      await sleep(300);
    });
    expect(await merging).toBe(first.contactId);
    const { rows } = await stage.deps.pool.query(
      `select 1 from message where conversation_id = $1 and kind = 'activity'`,
      [first.conversationId],
    );
    expect(rows).toHaveLength(1);
  });

  it('locks the conversations of both in id order', () => expectSecondFree(merge));

  it('that a batch brings, too, beside those of others of the batch', async () => {
    const third = await thread({ phone: aPhone() });
    const items = [
      aText(stage.place, first.person),
      aText(stage.place, { ...third.person, ...second.person }),
    ];
    await expectSecondFree(() => receive(stage.deps, ...items));
  });
});

describe('a number change', () => {
  it('locks the conversations it tells of in one order with those of its batch', async () => {
    const change = aNumberChange(stage.place, second.person, { bsuid: aBsuid() });
    await expectSecondFree(() => receive(stage.deps, change, aText(stage.place, first.person)));
  });
});
