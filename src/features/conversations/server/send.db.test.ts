import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Channel, SendOutcome } from '#channels/channel.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { newId } from '#platform/shared/ids.ts';
import { deliveryJobs } from './deliver-message.job.ts';
import { forwardMessage } from './forward-message.ts';
import { markRead } from './mark-read.ts';
import { refuseQueued, rescueStranded } from './refuse-queued.ts';
import { sendMessage } from './send-message.ts';
import { settleUnknown } from './settle-unknown.ts';
import { aStage } from './testing/stage.ts';
import {
  aPhone,
  aRecorder,
  aText,
  aThread,
  nowInSeconds,
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

const run = async (name: string, channel: Channel, payload: object): Promise<void> => {
  const job = deliveryJobs(channel).find((one) => one.name === name);
  await job?.runUnparsed(
    { workspaceId: stage.place.workspaceId, conversationId: thread.conversationId, ...payload },
    { deps: stage.deps, log: stage.deps.log, attempt: 1 },
  );
};
const deliver = (channel: Channel): Promise<void> => run('conversations.deliver', channel, {});

const send = (
  text = 'bom dia',
  more: { replyToId?: string; idempotencyKey?: string } = {},
  by: Actor = stage.agent,
) =>
  inTx(stage.deps, by, (ctx) =>
    sendMessage(ctx, {
      conversationId: thread.conversationId,
      text,
      replyToId: null,
      forwardedFrom: null,
      idempotencyKey: null,
      ...more,
    }),
  );

const queue = async (text?: string): Promise<string> => {
  const answer = await send(text);
  if (answer.kind !== 'queued') {
    throw new Error(`${answer.kind} instead of queued`);
  }
  return answer.messageId;
};

const stateOf = async (id: string) => {
  const { rows } = await sql<{ status: string; errorCode: string | null; text: string }>`
    select status, error_code as "errorCode", text from message where id = ${id}`.execute(
    stage.deps.db,
  );
  return rows[0];
};

const refusals = async () => {
  const { rows } = await sql<{ details: unknown; masked: string; actor: string | null }>`
    select details, masked_number as masked, actor_id as actor from audit_event
     where workspace_id = ${stage.place.workspaceId} and action = 'conversations.send-refused'
     order by id`.execute(stage.deps.db);
  return rows;
};

const blocked = { status: 'failed', errorCode: 'contact-blocked' };

describe('a message', () => {
  it('is accepted, leaves once, and is sent', async () => {
    const id = await queue();
    const { channel, left } = aRecorder();
    await Promise.all([deliver(channel), deliver(channel), deliver(channel)]);
    await deliver(channel);
    expect(left.map((item) => item.messageId)).toEqual([id]);
    expect(left[0]?.to).toEqual({ phone });
    expect(await stateOf(id)).toMatchObject({ status: 'sent' });
  });

  it('leaves in the order it was written', async () => {
    const ids = [await queue('um'), await queue('dois'), await queue('três')];
    const { channel, left } = aRecorder();
    await deliver(channel);
    expect(left.map((item) => item.messageId)).toEqual(ids);
  });

  it('under one idempotency key is one message', async () => {
    const key = { idempotencyKey: newId() };
    const answers = await Promise.all([send('oi', key), send('oi', key), send('oi', key)]);
    expect(new Set(answers.map((a) => (a.kind === 'queued' ? a.messageId : a.kind))).size).toBe(1);
    await expect(send('outra', key)).rejects.toMatchObject({ code: 'idempotency-key-reused' });
  });
});

describe('to a blocked contact', () => {
  it('no send, reply or forward is accepted; the attempt is kept, and audited without content', async () => {
    const source = aText(stage.place, { phone: aPhone() });
    await receive(stage.deps, source);
    const { rows } = await sql<{ id: string }>`
      select id from message where external_id = ${source.externalId}`.execute(stage.deps.db);
    await block(stage.deps, stage.admin, thread.contactId);
    const answer = await send('um segredo');
    if (answer.kind !== 'refused') {
      throw new Error(`${answer.kind} instead of refused`);
    }
    const [forwarded] = await inTx(stage.deps, stage.agent, (ctx) =>
      forwardMessage(ctx, rows[0]?.id ?? '', [thread.conversationId], null),
    );
    expect(forwarded).toMatchObject({ status: 'refused', code: 'contact-blocked' });
    for (const id of [answer.messageId, forwarded?.messageId ?? '']) {
      expect(await stateOf(id)).toMatchObject(blocked);
    }
    const audited = await refusals();
    expect(audited).toHaveLength(2);
    expect(audited[0]).toMatchObject({
      actor: stage.agent.id,
      masked: `+55 11 ••••-${phone.slice(-4)}`,
      details: { messageId: answer.messageId, code: 'contact-blocked', at: 'accept' },
    });
    expect(JSON.stringify(audited)).not.toContain('segredo');
    const { channel, left } = aRecorder();
    await deliver(channel);
    expect(left).toEqual([]);
  });

  it('a forward reaches the targets that are not blocked', async () => {
    const other = await aThread(stage.deps, stage.place, { phone: aPhone() });
    const source = await queue('tabela de preços');
    await block(stage.deps, stage.admin, other.contactId);
    const results = await inTx(stage.deps, stage.agent, (ctx) =>
      forwardMessage(ctx, source, [other.conversationId, thread.conversationId, newId()], null),
    );
    expect(results).toMatchObject([
      { conversationId: other.conversationId, status: 'refused', code: 'contact-blocked' },
      { conversationId: thread.conversationId, status: 'queued' },
      { status: 'refused', code: 'conversation-not-found', messageId: null },
    ]);
  });

  it('what was accepted before the block does not leave, neither during nor after it', async () => {
    const before = await queue();
    await block(stage.deps, stage.admin, thread.contactId);
    await unblock(stage.deps, stage.admin, thread.contactId);
    const after = await queue();
    const { channel, left } = aRecorder();
    await deliver(channel);
    expect(left.map((item) => item.messageId)).toEqual([after]);
    expect(await stateOf(before)).toMatchObject(blocked);
    expect(await refusals()).toMatchObject([{ details: { messageId: before, at: 'dispatch' } }]);
  });

  it('what waits in back-off is failed at once, and never leaves after the block', async () => {
    const id = await queue();
    const retry: SendOutcome = { kind: 'retry', code: 'whatsapp-131056', afterMs: 3_600_000 };
    const { channel, left } = aRecorder([retry]);
    await deliver(channel);
    expect(await stateOf(id)).toMatchObject({ status: 'queued' });
    await block(stage.deps, stage.admin, thread.contactId);
    await unblock(stage.deps, stage.admin, thread.contactId);
    await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      refuseQueued(ctx, thread.contactId),
    );
    await deliver(channel);
    expect(left).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject(blocked);
  });

  it('what comes back from the wire to wait, after a block, is failed at once and holds up nothing', async () => {
    const id = await queue();
    const retry: SendOutcome = { kind: 'retry', code: 'whatsapp-131048', afterMs: 3_600_000 };
    let answer: (outcome: SendOutcome) => void = () => undefined;
    const { channel, left } = aRecorder([() => new Promise((resolve) => (answer = resolve))]);
    const delivering = deliver(channel);
    await expect.poll(() => stateOf(id)).toMatchObject({ status: 'sending' });
    const blocking = block(stage.deps, stage.admin, thread.contactId);
    const blocks = sql`select 1 from block where contact_id = ${thread.contactId}`;
    await expect.poll(async () => (await blocks.execute(stage.deps.db)).rows.length).toBe(1);
    await inTx(stage.deps, systemActor(stage.place.workspaceId), (ctx) =>
      refuseQueued(ctx, thread.contactId),
    );
    answer(retry);
    await Promise.all([delivering, blocking]);
    expect(await stateOf(id)).toMatchObject(blocked);
    await unblock(stage.deps, stage.admin, thread.contactId);
    const next = await queue();
    await deliver(channel);
    expect(left).toHaveLength(2);
    expect(await stateOf(next)).toMatchObject({ status: 'sent' });
  });

  it('a request under way is waited for', async () => {
    const id = await queue();
    let answer: (outcome: SendOutcome) => void = () => undefined;
    const { channel } = aRecorder([() => new Promise((resolve) => (answer = resolve))]);
    const delivering = deliver(channel);
    await expect.poll(() => stateOf(id)).toMatchObject({ status: 'sending' });
    const blocking = block(stage.deps, stage.admin, thread.contactId);
    const first = await Promise.race([
      blocking.then(() => 'answered'),
      new Promise((resolve) => setTimeout(() => resolve('waits'), 300)),
    ]);
    expect(first).toBe('waits');
    answer({ kind: 'accepted', externalId: `wamid.${newId()}` });
    await delivering;
    expect((await blocking).stillOnWire).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ status: 'sent' });
  });
});

describe('a message whose end is not known', () => {
  const lose = async (): Promise<string> => {
    const id = await queue();
    await deliver(aRecorder([{ kind: 'unknown' }]).channel);
    expect(await stateOf(id)).toMatchObject({ status: 'unknown' });
    return id;
  };

  it('is never sent again, is named by a block, and settled by its status', async () => {
    const id = await lose();
    const { channel, left } = aRecorder();
    await deliver(channel);
    expect(left).toEqual([]);
    const { stillOnWire } = await block(stage.deps, stage.admin, thread.contactId);
    expect(stillOnWire).toEqual([id]);
    const externalId = `wamid.${newId()}`;
    const status = { type: 'status', ...stage.place, externalId, callbackData: id } as const;
    await receive(stage.deps, { ...status, status: 'delivered', timestamp: nowInSeconds() });
    expect(await stateOf(id)).toMatchObject({ status: 'delivered' });
    expect((await block(stage.deps, stage.admin, thread.contactId)).stillOnWire).toEqual([]);
  });

  it('is settled by a person who looked, once', async () => {
    const id = await lose();
    const settle = () => inTx(stage.deps, stage.agent, (ctx) => settleUnknown(ctx, id, 'sent'));
    await settle();
    expect(await stateOf(id)).toMatchObject({ status: 'sent' });
    await expect(settle()).rejects.toMatchObject({ code: 'message-not-unknown' });
    expect((await block(stage.deps, stage.admin, thread.contactId)).stillOnWire).toEqual([]);
  });

  it('is what a worker leaves that died after its claim', async () => {
    const id = await queue();
    const { channel } = aRecorder([() => Promise.reject(new Error('the process died'))]);
    await expect(deliver(channel)).rejects.toThrow('died');
    const { channel: next, left } = aRecorder();
    await deliver(next);
    expect(await stateOf(id)).toMatchObject({ status: 'sending' });
    await sql`update dispatch_claim set deadline = clock_timestamp() where message_id = ${id}`.execute(
      stage.deps.db,
    );
    await inTx(stage.deps, systemActor(stage.place.workspaceId), rescueStranded);
    await deliver(next);
    expect(left).toEqual([]);
    expect(await stateOf(id)).toMatchObject({ status: 'unknown' });
  });
});

describe('another workspace', () => {
  it('knows neither the conversation nor its messages', async () => {
    const id = await queue();
    const other = await aMember(stage.deps.db, await aWorkspace(stage.deps.db), 'agent');
    await expect(send('bom dia', {}, other)).rejects.toMatchObject({
      code: 'conversation-not-found',
    });
    await expect(
      inTx(stage.deps, other, (ctx) => forwardMessage(ctx, id, [thread.conversationId], null)),
    ).rejects.toMatchObject({ code: 'message-not-found' });
    await expect(
      inTx(stage.deps, other, (ctx) => settleUnknown(ctx, id, 'sent')),
    ).rejects.toMatchObject({
      code: 'message-not-found',
    });
    await expect(
      inTx(stage.deps, other, (ctx) => markRead(ctx, thread.conversationId)),
    ).rejects.toMatchObject({ code: 'conversation-not-found' });
  });
});
