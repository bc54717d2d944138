import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { waysToSend } from '#features/gate/server/index.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { deliveryJobs } from '../deliver-message.job.ts';
import { markRead } from '../mark-read.ts';
import { sendMessage } from '../send-message.ts';
import { aStage } from '../testing/stage.ts';
import {
  aBsuid,
  aChannel,
  aPhone,
  aRecorder,
  aText,
  aThread,
  nowInSeconds,
  receive,
  type Thread,
} from '../testing.ts';
import { findBlockImpact, findBulkImpact } from './impact-queries.ts';

const stage = aStage();
const impactOf = ({ contactId }: Thread) =>
  findBlockImpact(stage.deps.db, stage.place.workspaceId, contactId);
const waitingIn = async (thread: Thread) =>
  Object.fromEntries((await impactOf(thread)).waiting.map(({ way, count }) => [way, count]));

const send = ({ conversationId }: Thread) =>
  inTx(stage.deps, stage.agent, (ctx) => {
    const about = { replyToId: null, forwardedFrom: null, idempotencyKey: null };
    return sendMessage(ctx, { conversationId, text: 'bom dia', ...about });
  });

describe('what a block would stop', () => {
  it('is told for each way to send, none left out', async () => {
    const thread = await aThread(stage.deps, stage.place, { phone: aPhone() });
    const { waiting } = await impactOf(thread);
    expect(waiting.map(({ way }) => way)).toEqual([...waysToSend]);
    expect(await waitingIn(thread)).toEqual({ message: 0, 'read-mark': 0 });
  });

  it('counts what waits and what is on the wire, of this contact alone', async () => {
    const thread = await aThread(stage.deps, stage.place, { phone: aPhone() });
    const other = await aThread(stage.deps, stage.place, { phone: aPhone() });
    await inTx(stage.deps, stage.agent, (ctx) => markRead(ctx, thread.conversationId));
    await send(thread);
    await send(thread);
    await send(other);
    expect(await waitingIn(thread)).toEqual({ message: 2, 'read-mark': 1 });

    const during: unknown[] = [];
    const { channel } = aRecorder([
      async () => {
        during.push(await waitingIn(thread));
        return { kind: 'accepted', externalId: 'wamid.1' };
      },
    ]);
    const job = deliveryJobs(channel).find(({ name }) => name === 'conversations.deliver');
    const { workspaceId } = stage.place;
    const payload = { workspaceId, conversationId: thread.conversationId };
    await job?.runUnparsed(payload, { deps: stage.deps, log: stage.deps.log, attempt: 1 });
    expect(during).toEqual([{ message: 2, 'read-mark': 1 }]);
    expect(await waitingIn(thread)).toEqual({ message: 0, 'read-mark': 1 });
  });

  it('tells of each number whether its conversation is open and what WhatsApp would say', async () => {
    const phone = aPhone();
    const thread = await aThread(stage.deps, stage.place, { phone });
    const second = await aChannel(stage.deps.db, stage.place.workspaceId);
    const old = nowInSeconds() - 90_000;
    await receive(stage.deps, aText(second, { phone }, { timestamp: old }));
    const layers = async () =>
      (await impactOf(thread)).channels.map(({ channelId, isOpen, layer }) => [
        channelId === second.channelId ? 'second' : 'first',
        isOpen,
        layer,
      ]);
    expect(await layers()).toEqual([
      ['first', true, 'now'],
      ['second', true, 'later'],
    ]);
    const { db } = stage.deps;
    await sql`update conversation set status = 'resolved' where channel_id = ${second.channelId}`.execute(
      db,
    );
    await sql`update channel set upstream_blocks = false where id = ${stage.place.channelId}`.execute(
      db,
    );
    await sql`update channel set disconnected_at = now() where id = ${second.channelId}`.execute(
      db,
    );
    expect(await layers()).toEqual([
      ['first', true, 'off'],
      ['second', false, 'not-connected'],
    ]);
  });

  it('says so when somebody waits for room on the list of a number', async () => {
    const thread = await aThread(stage.deps, stage.place, { phone: aPhone() });
    const waiting = await aThread(stage.deps, stage.place, { phone: aPhone() });
    const layer = async () => (await impactOf(thread)).channels[0]?.layer;
    await block(stage.deps, stage.admin, waiting.contactId);
    expect(await layer()).toBe('now');
    await sql`update upstream_block set state = 'list-full', code = 'whatsapp-139101', is_due = false
      where contact_id = ${waiting.contactId}`.execute(stage.deps.db);
    expect(await layer()).toBe('full');
    const { workspaceId } = stage.place;
    const bulk = await findBulkImpact(stage.deps.db, workspaceId, [thread.contactId]);
    expect(bulk.channels).toMatchObject([{ layers: [{ layer: 'full', count: 1 }] }]);
    // Whom WhatsApp would not take even with room is told that.
    await sql`update conversation set last_inbound_at = now() - interval '30 hours'
      where id = ${thread.conversationId}`.execute(stage.deps.db);
    expect(await layer()).toBe('later');
    await sql`update conversation set last_inbound_at = now() where id = ${thread.conversationId}`.execute(
      stage.deps.db,
    );
    await unblock(stage.deps, stage.admin, waiting.contactId);
    expect(await layer()).toBe('now');
  });

  it('says so when WhatsApp takes none of the names that are known', async () => {
    const thread = await aThread(stage.deps, stage.place, { bsuid: aBsuid() });
    expect((await impactOf(thread)).channels).toMatchObject([{ layer: 'now' }]);
    await sql`update contact_identity set is_former = true where contact_id = ${thread.contactId}`.execute(
      stage.deps.db,
    );
    expect((await impactOf(thread)).channels).toMatchObject([{ layer: 'not-supported' }]);
  });
});

describe('somebody who wrote while a block dropped it', () => {
  const letInAgain = async (thread: Thread, dropped: () => Promise<unknown>): Promise<void> => {
    await block(stage.deps, stage.admin, thread.contactId);
    await dropped();
    await unblock(stage.deps, stage.admin, thread.contactId);
  };
  const daysPass = () =>
    sql`update upstream_heal set asked_at = asked_at - interval '25 hours'`.execute(stage.deps.db);

  it('speaks through a number without a conversation, and WhatsApp would take their block', async () => {
    const phone = aPhone();
    const thread = await aThread(stage.deps, stage.place, { phone });
    const second = await aChannel(stage.deps.db, stage.place.workspaceId);
    await letInAgain(thread, () => receive(stage.deps, aText(second, { phone })));
    const { channelId } = second;
    const [first, ...more] = (await impactOf(thread)).channels;
    expect(first).toMatchObject({ isOpen: true, layer: 'now' });
    expect(more).toMatchObject([{ channelId, isOpen: null, layer: 'now' }]);
    const bulk = () => findBulkImpact(stage.deps.db, stage.place.workspaceId, [thread.contactId]);
    const none = { channelId, open: 0, resolved: 0 };
    expect((await bulk()).channels[1]).toMatchObject({
      ...none,
      layers: [{ layer: 'now', count: 1 }],
    });
    await daysPass();
    expect((await bulk()).channels[1]).toMatchObject({
      ...none,
      layers: [{ layer: 'later', count: 1 }],
    });
    const asked = await block(stage.deps, stage.admin, thread.contactId);
    const { rows } = await sql<{ channelId: string }>`select distinct channel_id as "channelId"
      from upstream_block where contact_id = ${thread.contactId}`.execute(stage.deps.db);
    // What the preview names is what the block asks for.
    expect(asked.stillOnWire).toEqual([]);
    const named = (await impactOf(thread)).channels.map((one) => one.channelId);
    expect(rows.map((row) => row.channelId).sort()).toEqual([...named].sort());
  });

  it('has an open window where the conversation alone would say otherwise', async () => {
    const phone = aPhone();
    const thread = await aThread(stage.deps, stage.place, { phone });
    await sql`update conversation set last_inbound_at = now() - interval '30 hours'
      where id = ${thread.conversationId}`.execute(stage.deps.db);
    expect((await impactOf(thread)).channels).toMatchObject([{ layer: 'later' }]);
    await letInAgain(thread, () => receive(stage.deps, aText(stage.place, { phone })));
    expect((await impactOf(thread)).channels).toMatchObject([{ isOpen: true, layer: 'now' }]);
    await daysPass();
    expect((await impactOf(thread)).channels).toMatchObject([{ isOpen: true, layer: 'later' }]);
  });

  it('is of their own workspace and of nobody else', async () => {
    const phone = aPhone();
    const thread = await aThread(stage.deps, stage.place, { phone });
    const other = await aThread(stage.deps, stage.place, { phone: aPhone() });
    const second = await aChannel(stage.deps.db, stage.place.workspaceId);
    await letInAgain(thread, () => receive(stage.deps, aText(second, { phone })));
    expect((await impactOf(other)).channels).toHaveLength(1);
  });
});

describe('what blocking many would stop', () => {
  it('is told of all of them together, by number, without whoever is blocked already', async () => {
    const phone = aPhone();
    const both = await aThread(stage.deps, stage.place, { phone });
    const second = await aChannel(stage.deps.db, stage.place.workspaceId);
    const old = nowInSeconds() - 90_000;
    await receive(stage.deps, aText(second, { phone }, { timestamp: old }));
    const one = await aThread(stage.deps, stage.place, { phone: aPhone() });
    const out = await aThread(stage.deps, stage.place, { phone: aPhone() });
    await send(both);
    await send(one);
    await send(one);
    await send(out);
    await block(stage.deps, stage.admin, out.contactId);
    const resolved = sql`update conversation set status = 'resolved' where id = ${one.conversationId}`;
    await resolved.execute(stage.deps.db);

    const ids = [both.contactId, one.contactId, out.contactId, stage.place.channelId];
    const { workspaceId, channelId } = stage.place;
    expect(await findBulkImpact(stage.deps.db, workspaceId, ids)).toMatchObject({
      contacts: 2,
      blockedAlready: 1,
      channels: [
        { channelId, open: 1, resolved: 1, layers: [{ layer: 'now', count: 2 }] },
        {
          ...{ channelId: second.channelId, open: 1, resolved: 0 },
          layers: [{ layer: 'later', count: 1 }],
        },
      ],
      waiting: [
        { way: 'message', count: 3 },
        { way: 'read-mark', count: 0 },
      ],
    });
    const none = { contacts: 0, blockedAlready: 0, channels: [] };
    expect(await findBulkImpact(stage.deps.db, one.contactId, ids)).toMatchObject(none);
  });
});
