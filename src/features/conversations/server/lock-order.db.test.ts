import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { mergeContacts } from './merge-contacts.ts';
import {
  aBsuid,
  aChannel,
  aNumberChange,
  aPhone,
  aText,
  aThread,
  type Place,
  receive,
  type Thread,
} from './testing.ts';

/** Somebody works on conversations alone, without their contacts, as assigning does. */
let deps: TestDeps;
let place: Place;
let admin: Actor;
let first: Thread & { person: PersonRef };
let second: Thread & { person: PersonRef };

const thread = async (person: PersonRef) => ({ ...(await aThread(deps, place, person)), person });

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  admin = await aMember(deps.db, workspaceId);
  [first, second] = [await thread({ phone: aPhone() }), await thread({ bsuid: aBsuid() })];
});

const inClient = async (work: (client: PoolClient) => Promise<void>): Promise<void> => {
  const client = await deps.pool.connect();
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
    inTx(deps, admin, (ctx) => mergeContacts(ctx, first.contactId, second.contactId));

  it('takes along the line of somebody who assigned the conversation meanwhile', async () => {
    let merging: Promise<string> = Promise.resolve('');
    await inClient(async (client) => {
      await lock(client, second);
      await client.query(
        `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, status, at)
         values ($1, $2, $3, $4, $5, 'internal', 'activity', 'sent', clock_timestamp())`,
        [place.workspaceId, newId(), second.conversationId, second.contactId, place.channelId],
      );
      merging = merge();
      await sleep(300);
    });
    expect(await merging).toBe(first.contactId);
    const { rows } = await deps.pool.query(
      `select 1 from message where conversation_id = $1 and kind = 'activity'`,
      [first.conversationId],
    );
    expect(rows).toHaveLength(1);
  });

  it('locks the conversations of both in id order', () => expectSecondFree(merge));

  it('that a batch brings, too, beside those of others of the batch', async () => {
    const third = await thread({ phone: aPhone() });
    const items = [aText(place, first.person), aText(place, { ...third.person, ...second.person })];
    await expectSecondFree(() => receive(deps, ...items));
  });
});

describe('a number change', () => {
  it('locks the conversations it tells of in one order with those of its batch', async () => {
    const change = aNumberChange(place, second.person, { bsuid: aBsuid() });
    await expectSecondFree(() => receive(deps, change, aText(place, first.person)));
  });
});
