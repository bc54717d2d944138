import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, SendOutcome } from '#channels/channel.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { deliveryJobs } from './deliver-message.job.ts';
import { markRead } from './mark-read.ts';
import { mergeContacts } from './merge-contacts.ts';
import { aStage } from './testing/stage.ts';
import {
  aBsuid,
  aChannel,
  aPhone,
  aRecorder,
  aText,
  aThread,
  receive,
  type Thread,
} from './testing.ts';

const stage = aStage();

let phone: string;
let thread: Thread;

beforeEach(async () => {
  phone = aPhone();
  thread = await aThread(stage.deps, stage.place, { phone });
});

const mark = () => inTx(stage.deps, stage.agent, (ctx) => markRead(ctx, thread.conversationId));

/** The job that waits; undefined when there is none. */
const payloadOf = async (): Promise<object | undefined> => {
  const { rows } = await sql<{ payload: object }>`
    select j.payload from graphile_worker._private_jobs j
     where j.key = ${`mark-read:${thread.conversationId}`}`.execute(stage.deps.db);
  return rows[0]?.payload;
};

const run = async (channel: Channel): Promise<void> => {
  const job = deliveryJobs(channel).find((one) => one.name === 'conversations.mark-read');
  await job?.runUnparsed(await payloadOf(), { deps: stage.deps, log: stage.deps.log, attempt: 1 });
};

const accepted = (): SendOutcome[] => [{ kind: 'accepted', externalId: null }];

const writes = async (content?: 'call'): Promise<string> => {
  const text = aText(
    stage.place,
    { phone },
    content === undefined ? {} : { content: { kind: content } },
  );
  await receive(stage.deps, text);
  return text.externalId;
};

describe('a read mark', () => {
  it('is of what was there when somebody looked, not of what came since', async () => {
    const seen = await writes();
    await mark();
    await writes();
    const { channel, left } = aRecorder(accepted());
    await run(channel);
    expect(left).toMatchObject([{ content: { kind: 'read', externalId: seen } }]);
  });

  it('is of the newest message seen that the channel can mark', async () => {
    const seen = await writes();
    const call = await writes('call');
    await mark();
    const { channel, left } = aRecorder(accepted());
    await run({ ...channel, canMarkRead: (externalId) => externalId !== call });
    expect(left).toMatchObject([{ content: { kind: 'read', externalId: seen } }]);
  });

  it('is not made when the channel can mark nothing of it', async () => {
    await mark();
    const { channel, left } = aRecorder(accepted());
    await run({ ...channel, canMarkRead: () => false });
    expect(left).toEqual([]);
  });

  it('asked for before a block is never sent', async () => {
    await mark();
    expect(await payloadOf()).toMatchObject({ acceptedEpoch: 0 });
    await block(stage.deps, stage.admin, thread.contactId);
    await unblock(stage.deps, stage.admin, thread.contactId);
    const { channel, left } = aRecorder(accepted());
    await run(channel);
    expect(left).toEqual([]);
  });

  it('nor is one asked for during the block', async () => {
    await block(stage.deps, stage.admin, thread.contactId);
    await mark();
    await unblock(stage.deps, stage.admin, thread.contactId);
    const { rows } = await sql<{ unread: number }>`select unread_count as unread
      from conversation where id = ${thread.conversationId}`.execute(stage.deps.db);
    expect(rows[0]).toEqual({ unread: 0 });
    expect(await payloadOf()).toBeUndefined();
  });

  it('asked for while two contacts become one is asked again, and not lost', async () => {
    const older = thread;
    thread = await aThread(stage.deps, await aChannel(stage.deps.db, stage.place.workspaceId), {
      bsuid: aBsuid(),
    });
    let asking: Promise<void> = Promise.resolve();
    await inTx(stage.deps, stage.admin, async (ctx) => {
      await mergeContacts(ctx, older.contactId, thread.contactId);
      asking = mark();
      // It has seen the conversation with its old contact, and waits for that one.
      await expect
        .poll(async () => {
          const { rows } = await sql`select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`.execute(stage.deps.db);
          return rows.length;
        })
        .toBe(1);
    });
    await asking;
    expect(await payloadOf()).toMatchObject({ conversationId: thread.conversationId });
  });
});
