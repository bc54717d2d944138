import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { block, unblock } from '#features/gate/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { deliveryJobs } from '../deliver-message.job.ts';
import { purgeMessages } from '../purge-messages.ts';
import { reactToMessage } from '../react-to-message.ts';
import { refuseQueued } from '../refuse-queued.ts';
import { type SendAnswer, type SendInput, sendMessage } from '../send-message.ts';
import { aStage } from '../testing/stage.ts';
import {
  aPhone,
  aRecorder,
  aText,
  aThread,
  nowInSeconds,
  receive,
  type Thread,
} from '../testing.ts';
import { discardStopped, sendStopped } from './decide-stopped.ts';
import { findOpenStopped, findStoppedConversations } from './stopped-queries.ts';

const stage = aStage();
let phone: string;
let thread: Thread;
beforeEach(async () => {
  phone = aPhone();
  thread = await aThread(stage.deps, stage.place, { phone });
});

const idOf = (answer: SendAnswer): string => {
  if (answer.kind === 'window-closed') {
    throw new Error('nothing was stored');
  }
  return answer.messageId;
};

const send = async (more: Partial<SendInput> = {}): Promise<string> => {
  const about = { replyToId: null, forwardedFrom: null, idempotencyKey: null };
  const input = { conversationId: thread.conversationId, text: 'bom dia', ...about, ...more };
  return idOf(await inTx(stage.deps, stage.agent, (ctx) => sendMessage(ctx, input)));
};

const recorder = aRecorder();
const deliver = async (): Promise<void> => {
  const job = deliveryJobs(recorder.channel).find(({ name }) => name === 'conversations.deliver');
  const { workspaceId } = stage.place;
  const payload = { workspaceId, conversationId: thread.conversationId };
  await job?.runUnparsed(payload, { deps: stage.deps, log: stage.deps.log, attempt: 1 });
};

/** What had waited fails, as the job of the block makes it. */
const shutOut = async (): Promise<void> => {
  await block(stage.deps, stage.admin, thread.contactId);
  await inTx(stage.deps, stage.admin, (ctx) => refuseQueued(ctx, thread.contactId));
  await deliver();
};
const readmit = () => unblock(stage.deps, stage.admin, thread.contactId);

const listed = () => findOpenStopped(stage.deps.db, stage.place.workspaceId, thread.contactId);
const again = (id: string, by: Actor = stage.agent) =>
  inTx(stage.deps, by, (ctx) => sendStopped(ctx, id));
const discard = (id: string, by: Actor = stage.agent) =>
  inTx(stage.deps, by, (ctx) => discardStopped(ctx, id));

const rowOf = async (id: string) => {
  const { rows } = await sql<{ kind: string; text: string | null; status: string }>`
    select kind, text, status, reply_to_id as "replyToId", author_id as "authorId" from message
     where id = ${id}`.execute(stage.deps.db);
  return rows[0];
};
const countOf = async (text: string): Promise<number> => {
  const { rows } = await sql`select 1 from message
    where conversation_id = ${thread.conversationId} and text = ${text}`.execute(stage.deps.db);
  return rows.length;
};

describe('what a block stopped', () => {
  it('is what waited when it came, in order; not what was tried during it', async () => {
    const first = await send({ text: 'um' });
    const second = await send({ text: 'dois' });
    await shutOut();
    await send({ text: 'durante' });
    expect(await listed()).toEqual([first, second]);
    await readmit();
    expect(await listed()).toEqual([first, second]);
  });

  it('is found of many contacts at once, by conversation, until each is decided of', async () => {
    const first = await send({ text: 'um' });
    const second = await send({ text: 'dois' });
    await shutOut();
    await send({ text: 'durante' });
    await readmit();
    const quiet = await aThread(stage.deps, stage.place, { phone: aPhone() });
    const { workspaceId } = stage.place;
    const found = (place = workspaceId) =>
      findStoppedConversations(stage.deps.db, place, [quiet.contactId, thread.contactId]);
    const { contactId, conversationId } = thread;
    expect(await found()).toMatchObject([{ contactId, conversationId, count: 2 }]);
    expect(await found(quiet.contactId)).toEqual([]);
    await discard(first);
    expect(await found()).toMatchObject([{ conversationId, count: 1 }]);
    await again(second);
    expect(await found()).toEqual([]);
  });

  it('is not sent by the unblock, and leaves once when it is asked for, as a new message', async () => {
    const left = recorder.left.length;
    const quoted = await send({ text: 'antes' });
    await deliver();
    const id = await send({ text: 'a caminho', replyToId: quoted });
    await shutOut();
    await readmit();
    await deliver();
    expect(recorder.left).toHaveLength(left + 1);

    const other = await aMember(stage.deps.db, stage.place.workspaceId, 'agent');
    const answer = await again(id, other);
    await deliver();
    expect(answer.kind).toBe('queued');
    expect(idOf(answer)).not.toBe(id);
    expect(await rowOf(idOf(answer))).toMatchObject({
      text: 'a caminho',
      status: 'sent',
      replyToId: quoted,
      authorId: other.id,
    });
    expect(await rowOf(id)).toMatchObject({ status: 'failed' });
    expect(recorder.left).toHaveLength(left + 2);
    expect(await listed()).toEqual([]);
  });

  it('is sent once by two people and a double click at the same time', async () => {
    const id = await send({ text: 'uma vez só' });
    await shutOut();
    await readmit();
    const other = await aMember(stage.deps.db, stage.place.workspaceId, 'agent');
    const answers = await Promise.all(
      [stage.agent, other, stage.agent, other].map((who) => again(id, who)),
    );
    expect(new Set(answers.map(idOf)).size).toBe(1);
    // The one that was stopped, and the one that was made of it.
    expect(await countOf('uma vez só')).toBe(2);
    const { rows } = await sql`select 1 from audit_event
      where action = 'conversations.stopped-sent' and subject_id = ${id}`.execute(stage.deps.db);
    expect(rows).toHaveLength(1);
  });

  it('is sent or discarded, never both', async () => {
    const id = await send({ text: 'ou um ou outro' });
    await shutOut();
    await readmit();
    const [sent, discarded] = await Promise.allSettled([again(id), discard(id)]);
    expect([sent.status, discarded.status].sort()).toEqual(['fulfilled', 'rejected']);
    const wasSent = sent.status === 'fulfilled';
    expect(await countOf('ou um ou outro')).toBe(wasSent ? 2 : 1);
    await (wasSent ? again(id) : discard(id));
    const failure = { code: 'stopped-message-settled', status: 409 };
    await expect(wasSent ? discard(id) : again(id)).rejects.toMatchObject(failure);
    expect(await listed()).toEqual([]);
  });

  it('stays listed when the contact is blocked again, and nothing leaves', async () => {
    const id = await send({ text: 'de novo não' });
    await shutOut();
    const left = recorder.left.length;
    expect(await again(id)).toMatchObject({ kind: 'refused', code: 'contact-blocked' });
    await readmit();
    await shutOut();
    expect((await again(id)).kind).toBe('refused');
    await deliver();
    expect(recorder.left).toHaveLength(left);
    expect(await listed()).toEqual([id]);
  });

  it('that was asked for again and stopped again is listed as the new message', async () => {
    const id = await send();
    await shutOut();
    await readmit();
    const second = idOf(await again(id));
    await shutOut();
    expect(await listed()).toEqual([second]);
  });

  it('stays listed outside the window', async () => {
    const id = await send();
    await shutOut();
    await readmit();
    await sql`update conversation set last_inbound_at = clock_timestamp() - interval '25 hours'
      where id = ${thread.conversationId}`.execute(stage.deps.db);
    expect(await again(id)).toEqual({ kind: 'window-closed' });
    expect(await listed()).toEqual([id]);
    await receive(stage.deps, aText(stage.place, { phone }, { timestamp: nowInSeconds() + 2 }));
    expect((await again(id)).kind).toBe('queued');
  });

  it('is gone with its message when that is purged', async () => {
    const id = await send();
    await shutOut();
    await readmit();
    await inTx(stage.deps, stage.admin, (ctx) => purgeMessages(ctx, [id]));
    expect(await listed()).toEqual([]);
    await expect(again(id)).rejects.toMatchObject({ code: 'message-not-found' });
    await expect(discard(id)).rejects.toMatchObject({ code: 'message-not-found' });
  });

  it('is only what was stopped: nothing else is sent again by this', async () => {
    const sent = await send();
    await deliver();
    await expect(again(sent)).rejects.toMatchObject({ code: 'message-not-found' });
    await shutOut();
    const refused = await send();
    await readmit();
    await expect(again(refused)).rejects.toMatchObject({ code: 'message-not-found' });
  });

  it('may be a place, buttons or a reaction', async () => {
    const { rows } = await sql<{ id: string }>`select id from message
      where conversation_id = ${thread.conversationId}`.execute(stage.deps.db);
    const place = { latitude: -23.5, longitude: -46.6 };
    const buttons = { type: 'button', buttons: [{ id: 'a', title: 'Sim' }] };
    const ids = [
      await send({ text: '', structured: { kind: 'location', payload: place } }),
      await send({ text: 'Pode ser?', structured: { kind: 'interactive', payload: buttons } }),
      idOf(
        await inTx(stage.deps, stage.agent, (ctx) =>
          reactToMessage(ctx, rows[0]?.id ?? '', '👍', null),
        ),
      ),
    ];
    await shutOut();
    await readmit();
    const made: string[] = [];
    for (const id of ids) {
      made.push(idOf(await again(id)));
    }
    await deliver();
    expect(await Promise.all(made.map(rowOf))).toMatchObject([
      { kind: 'location', status: 'sent' },
      { kind: 'interactive', text: 'Pode ser?', status: 'sent' },
      { kind: 'reaction', text: '👍', status: 'sent' },
    ]);
    expect(recorder.left.slice(-3).map(({ content }) => content)).toMatchObject([
      { kind: 'location', payload: place },
      { kind: 'interactive', payload: buttons },
      { kind: 'reaction', emoji: '👍' },
    ]);
  });
});
