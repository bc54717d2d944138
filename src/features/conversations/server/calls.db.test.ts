import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MessageItem, PersonRef } from '#channels/channel.ts';
import { block } from '#features/gate/server/testing.ts';
import { contentOf } from './content-of.ts';
import { aStage } from './testing/stage.ts';
import {
  aBsuid,
  aPhone,
  aText,
  aThread,
  aWamid,
  nowInSeconds,
  receive,
  type Thread,
} from './testing.ts';

const stage = aStage();

let person: PersonRef;
let thread: Thread;
beforeEach(async () => {
  person = { phone: aPhone(), bsuid: aBsuid() };
  thread = await aThread(stage.deps, stage.place, person);
  await sql`update conversation set unread_count = 0, status = 'resolved'
    where id = ${thread.conversationId}`.execute(stage.deps.db);
});

/** What is told of one call of this id, in the order in which it happens. */
const aCall = (direction: 'in' | 'out', ...told: readonly Record<string, unknown>[]) => {
  const externalId = aWamid();
  return told.map(
    (payload, second): MessageItem =>
      aText(stage.place, person, {
        externalId,
        direction,
        timestamp: nowInSeconds() - 30 + second,
        content: { kind: 'call', payload },
      }),
  );
};
const rings = { event: 'connect' };
const ended = { event: 'terminate', callStatus: 'completed', durationSeconds: 42 };
const failed = { event: 'terminate', callStatus: 'failed' };
const answeredFor42s = { state: 'ended', outcome: 'answered', durationSeconds: 42 };

const lines = async () => {
  const { rows } = await sql<{ payload: unknown }>`select payload from message
    where conversation_id = ${thread.conversationId} and kind = 'call'`.execute(stage.deps.db);
  return rows.map(({ payload }) => contentOf('call', payload));
};
const conversation = async () => {
  const { rows } = await sql<{ unread: number; status: string }>`
    select unread_count as unread, status from conversation
     where id = ${thread.conversationId}`.execute(stage.deps.db);
  return rows[0];
};

describe('a call', () => {
  it('is one line from its first ring to its end, and one unread', async () => {
    const [first, last] = aCall('in', rings, ended);
    await receive(stage.deps, ...(first ? [first] : []));
    expect(await lines()).toMatchObject([{ state: 'ringing', outcome: null }]);
    await receive(stage.deps, ...(last ? [last] : []));
    expect(await lines()).toMatchObject([answeredFor42s]);
    expect(await conversation()).toEqual({ unread: 1, status: 'open' });
  });

  it('reopens once: its end leaves a conversation resolved that was resolved since', async () => {
    const [first, last] = aCall('in', rings, failed);
    await receive(stage.deps, ...(first ? [first] : []));
    await sql`update conversation set unread_count = 0, status = 'resolved'
      where id = ${thread.conversationId}`.execute(stage.deps.db);
    await receive(stage.deps, ...(last ? [last] : []));
    expect(await lines()).toMatchObject([{ state: 'ended', outcome: 'missed' }]);
    expect(await conversation()).toEqual({ unread: 0, status: 'resolved' });
  });

  it('is the same line in whatever order and however often it is told, apart and at once', async () => {
    const told = aCall('in', rings, ended);
    for (const item of [...told].reverse()) {
      await receive(stage.deps, item, item);
    }
    await receive(stage.deps, ...told, ...told);
    expect(await lines()).toMatchObject([answeredFor42s]);
    const together = aCall('in', rings, ended);
    await receive(stage.deps, ...together);
    expect(await lines()).toMatchObject([answeredFor42s, answeredFor42s]);
    expect(await conversation()).toEqual({ unread: 2, status: 'open' });
  });

  it.each([
    ['declined', [{ event: 'ringing' }, { event: 'rejected' }, failed], 'rejected', 'ended'],
    [
      'declined, without an end',
      [{ event: 'ringing' }, { event: 'rejected' }],
      'rejected',
      'ended',
    ],
    ['under way', [{ event: 'ringing' }, { event: 'accepted' }], null, 'under-way'],
    ['taken', [{ event: 'ringing' }, rings, { event: 'accepted' }, ended], 'answered', 'ended'],
    ['not taken', [{ event: 'ringing' }, failed], 'missed', 'ended'],
  ] as const)('of ours is %s, forwards and backwards', async (_, told, outcome, state) => {
    for (const order of [aCall('out', ...told), aCall('out', ...told).reverse()]) {
      for (const item of order) {
        await receive(stage.deps, item);
      }
    }
    expect(await lines()).toMatchObject([
      { outcome, state },
      { outcome, state },
    ]);
    expect(await conversation()).toEqual({ unread: 0, status: 'resolved' });
  });

  it('of a person who was blocked while it rang stays as it was', async () => {
    const [first, last] = aCall('in', rings, ended);
    await receive(stage.deps, ...(first ? [first] : []));
    await block(stage.deps, stage.admin, thread.contactId);
    await receive(stage.deps, ...(last ? [{ ...last, timestamp: nowInSeconds() + 1 }] : []));
    expect(await lines()).toMatchObject([{ state: 'ringing' }]);
  });
});
