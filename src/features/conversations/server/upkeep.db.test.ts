import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { block, unblock } from '#features/gate/server/testing.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { assignConversation, returnAllToQueue } from './assign-conversation.ts';
import { claimReadMark } from './claim-dispatch.ts';
import { rescueStranded } from './refuse-queued.ts';
import { sendMessage } from './send-message.ts';
import { settleUnknown } from './settle-unknown.ts';
import { startConversation } from './start-conversation.ts';
import { aStage } from './testing/stage.ts';
import { aBsuid, aNumberChange, aPhone, aThread, receive, type Thread } from './testing.ts';

const stage = aStage();

const send = (conversationId: string, idempotencyKey: string | null = null) =>
  inTx(stage.deps, stage.agent, (ctx) =>
    sendMessage(ctx, {
      conversationId,
      text: 'bom dia',
      replyToId: null,
      forwardedFrom: null,
      idempotencyKey,
    }),
  );

/** Conversations with one queued message each; the first is due longest, and their ids fall. */
const manyQueued = async (count: number): Promise<string[]> => {
  await sql`update message set status = 'failed' where status = 'queued'`.execute(stage.deps.db);
  await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
  const { rows } = await sql<{ id: string }>`
    with person as (
      insert into contact (workspace_id, id)
      select ${stage.place.workspaceId}, gen_random_uuid() from generate_series(1, ${count}) returning id
    ), place as (
      insert into conversation (workspace_id, id, contact_id, channel_id)
      select ${stage.place.workspaceId}, gen_random_uuid(), id, ${stage.place.channelId} from person returning id, contact_id
    )
    insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status,
                         accepted_epoch, at, created_at)
    select ${stage.place.workspaceId}, gen_random_uuid(), id, contact_id, ${stage.place.channelId}, 'out', 'text', 'oi', 'queued',
           0, clock_timestamp(), clock_timestamp() - interval '1 hour' + n * interval '1 second'
      from (select *, row_number() over (order by id desc) as n from place) p
    returning conversation_id as id`.execute(stage.deps.db);
  return rows
    .map((row) => row.id)
    .sort()
    .reverse();
};

const waitingJobs = async (): Promise<string[]> => {
  const { rows } = await sql<{ key: string }>`
    select key from graphile_worker._private_jobs where key like 'deliver:%' order by key`.execute(
    stage.deps.db,
  );
  return rows.map((row) => row.key);
};

const sweep = () => inTx(stage.deps, systemActor(stage.place.workspaceId), rescueStranded);

describe('a number that a blocked contact left behind', () => {
  it('cannot be written to by starting a conversation with it', async () => {
    const phone = aPhone();
    const thread = await aThread(stage.deps, stage.place, { phone, bsuid: aBsuid() });
    await receive(
      stage.deps,
      aNumberChange(stage.place, { phone }, { phone: aPhone(), bsuid: aBsuid() }),
    );
    await block(stage.deps, stage.admin, thread.contactId);

    const started = await inTx(stage.deps, stage.agent, (ctx) =>
      startConversation(ctx, { phone: `+${phone}`, name: null, channelId: null }),
    );
    expect(started).not.toBe(thread.conversationId);
    expect(await send(started)).toMatchObject({ kind: 'refused', code: 'contact-blocked' });

    await unblock(stage.deps, stage.admin, thread.contactId);
    expect(await send(started)).toEqual({ kind: 'window-closed' });
  });
});

describe('the sweep', () => {
  let thread: Thread;
  beforeEach(async () => {
    thread = await aThread(stage.deps, stage.place, { phone: aPhone() });
  });

  it('ends the claim of a read mark whose process died, so that a block does not wait for it', async () => {
    const { rows } = await sql<{ messageId: string }>`select id as "messageId" from message
      where conversation_id = ${thread.conversationId}`.execute(stage.deps.db);
    const seen = { messageId: rows[0]?.messageId ?? '', acceptedEpoch: 0 };
    const dispatch = await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      claimReadMark(ctx, seen, () => true),
    );
    expect(dispatch).toBeDefined();
    await sql`update dispatch_claim set deadline = clock_timestamp() - interval '1 second'
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    await sweep();
    const begin = performance.now();
    const { stillOnWire } = await block(stage.deps, stage.admin, thread.contactId);
    expect(stillOnWire).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(5_000);
  });

  it('wakes a message that waits too long, and none behind a head in back-off', async () => {
    const other = await aThread(stage.deps, stage.place, { phone: aPhone() });
    for (const { conversationId } of [thread, thread, other, other]) {
      await send(conversationId);
    }
    await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
    await sql`update message m set created_at = created_at - interval '1 minute', next_attempt_at =
        case when m.conversation_id = ${thread.conversationId}
              and m.id = (select id from message where conversation_id = m.conversation_id and status = 'queued'
                           order by at, id limit 1)
             then clock_timestamp() + interval '1 hour' end
      where workspace_id = ${stage.place.workspaceId} and status = 'queued'`.execute(stage.deps.db);
    await sweep();
    expect(await waitingJobs()).toEqual([`deliver:${other.conversationId}`]);
  });

  it('leaves a job alone that has its turn: put back each time it would never have it', async () => {
    await send(thread.conversationId);
    await sql`update message set created_at = created_at - interval '1 minute'
      where workspace_id = ${stage.place.workspaceId} and status = 'queued'`.execute(stage.deps.db);
    const runAt = async () =>
      (
        await sql<{ at: Date }>`select run_at as at from graphile_worker._private_jobs`.execute(
          stage.deps.db,
        )
      ).rows;
    const before = await runAt();
    await sweep();
    expect(await runAt()).toEqual(before);
  });

  it('reaches those that are due longest first, and all abandoned requests beside them', async () => {
    const conversations = await manyQueued(510);
    const [claimed, ...others] = conversations;
    await sql`update message set status = 'sending' where conversation_id = ${claimed}`.execute(
      stage.deps.db,
    );
    await sql`insert into dispatch_claim (workspace_id, id, contact_id, kind, message_id, accepted_epoch, deadline)
      select workspace_id, gen_random_uuid(), contact_id, 'send', id, 0, clock_timestamp() - interval '1 hour'
        from message where conversation_id = ${claimed} and direction = 'out'`.execute(
      stage.deps.db,
    );
    await sweep();
    const jobs = new Set(await waitingJobs());
    expect(jobs.size).toBe(501);
    expect(jobs).toContain(`deliver:${claimed}`);
    const left = others.filter((id) => !jobs.has(`deliver:${id}`));
    expect(left).toEqual(others.slice(-9));
  });

  it('forgets idempotency keys after a day, and not before', async () => {
    const first = await send(thread.conversationId, 'a-key');
    await sweep();
    expect(await send(thread.conversationId, 'a-key')).toEqual(first);
    await sql`update idempotency_key set created_at = clock_timestamp() - interval '25 hours'
      where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
    await sweep();
    expect(await send(thread.conversationId, 'a-key')).not.toEqual(first);
  });
});

it('what a person says of a message of unknown end is audited, with a masked number', async () => {
  const phone = aPhone();
  const thread = await aThread(stage.deps, stage.place, { phone });
  const answer = await send(thread.conversationId);
  const id = answer.kind === 'queued' ? answer.messageId : '';
  await sql`update message set status = 'unknown' where id = ${id}`.execute(stage.deps.db);
  await inTx(stage.deps, stage.agent, (ctx) => settleUnknown(ctx, id, 'failed'));
  const { rows } = await sql<{ masked: string; actor: string; details: unknown }>`
    select masked_number as masked, actor_id as actor, details from audit_event
     where action = 'conversations.unknown-settled' and subject_id = ${id}`.execute(stage.deps.db);
  const masked = `+55 11 ••••-${phone.slice(-4)}`;
  expect(rows).toEqual([{ masked, actor: stage.agent.id, details: { outcome: 'failed' } }]);
});

it('what a removed person had in hand returns to the queue', async () => {
  const thread = await aThread(stage.deps, stage.place, { phone: aPhone() });
  await inTx(stage.deps, stage.admin, (ctx) =>
    assignConversation(ctx, thread.conversationId, stage.agent.id),
  );
  await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
    returnAllToQueue(ctx, stage.agent.id ?? ''),
  );
  const { rows } = await sql<{ assignee: string | null }>`select assignee_id as assignee
    from conversation where id = ${thread.conversationId}`.execute(stage.deps.db);
  expect(rows).toEqual([{ assignee: null }]);
});
