import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkGateInbound } from '#features/gate/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { insertReceived } from './message-store.ts';
import { sendMessage } from './send-message.ts';
import {
  aChannel,
  aPhone,
  aText,
  aThread,
  aWamid,
  nowInSeconds,
  type Place,
  receive,
  type Thread,
} from './testing.ts';

let deps: TestDeps;
let place: Place;
let person: { phone: string };
let thread: Thread;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  place = await aChannel(deps.db, await aWorkspace(deps.db));
  person = { phone: aPhone() };
  thread = await aThread(deps, place, person);
});

describe('the store', () => {
  it('takes no row whose proof is of another transaction', async () => {
    const item = aText(place, person);
    const judged = {
      ...item,
      item,
      kind: 'text',
      isAttempt: true,
      isHistory: false,
      contactIds: [thread.contactId],
    };
    const system = systemActor(place.workspaceId);
    const [verdict] = await inTx(deps, system, (ctx) => checkGateInbound(ctx, [judged]));
    if (verdict?.kind !== 'pass') {
      throw new Error('it should pass');
    }
    const placed = {
      passed: verdict.passed,
      contactId: thread.contactId,
      toRow: () => ({
        ...place,
        id: newId(),
        conversationId: thread.conversationId,
        contactId: thread.contactId,
        direction: 'in' as const,
        kind: 'text' as const,
        text: 'oi',
        payload: {},
        externalId: aWamid(),
        status: 'received' as const,
        authorKind: null,
        replyToExternalId: null,
        at: new Date(),
        providerAt: new Date(),
        purgedHash: '',
      }),
    };
    await expect(inTx(deps, system, (ctx) => insertReceived(ctx.tx, [placed]))).rejects.toThrow(
      'never let this item pass',
    );
  });
});

describe('who waits for an answer', () => {
  const stateOf = async () => {
    const { rows } = await deps.pool.query<{ waiting: Date | null; last: Date; at: Date }>(
      `select v.waiting_since as waiting, v.last_activity_at as last, m.at
         from conversation v join message m on m.id = v.last_message_id where v.id = $1`,
      [thread.conversationId],
    );
    return rows[0];
  };
  const [t, echo] = [nowInSeconds() - 60, { direction: 'out' as const }];
  /** The thread's first text is of now, and would be after all of these. */
  beforeEach(async () => {
    const earlier = "at = at - interval '1 hour'";
    await deps.pool.query(`update message set ${earlier} where conversation_id = $1`, [
      thread.conversationId,
    ]);
    await deps.pool.query(
      `update conversation set waiting_since = waiting_since - interval '1 hour',
              last_activity_at = last_activity_at - interval '1 hour' where id = $1`,
      [thread.conversationId],
    );
  });

  it('is whoever wrote after our echo, in one batch, in whatever order they come', async () => {
    const texts = [t, t + 2, t + 4, t + 6].map((timestamp, n) =>
      aText(place, person, { timestamp, ...(n === 1 ? echo : {}) }),
    );
    await receive(deps, ...texts);
    expect((await stateOf())?.waiting).toEqual(new Date((t + 4) * 1000 + 999));
  });

  it('nobody when our echo is the last', async () => {
    const texts = [t + 6, t + 2].map((timestamp, n) =>
      aText(place, person, { timestamp, ...(n === 0 ? echo : {}) }),
    );
    await receive(deps, ...texts);
    expect((await stateOf())?.waiting).toBeNull();
  });

  it('whoever wrote after it, though our echo is told later', async () => {
    const tell = (after: number, more: object = {}) =>
      receive(deps, aText(place, person, { timestamp: t + after, ...more }));
    await receive(deps, aText(place, person, { timestamp: t - 60, ...echo }));
    await tell(5);
    await tell(9);
    await tell(0, echo);
    expect((await stateOf())?.waiting).toEqual(new Date((t + 5) * 1000 + 999));
    await tell(7, echo);
    expect((await stateOf())?.waiting).toEqual(new Date((t + 9) * 1000 + 999));
    await tell(11, echo);
    expect((await stateOf())?.waiting).toBeNull();
  });

  it('and what we send moves the conversation along by the time the message bears', async () => {
    const agent = await aMember(deps.db, place.workspaceId, 'agent');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    try {
      await inTx(deps, agent, (ctx) =>
        sendMessage(ctx, {
          conversationId: thread.conversationId,
          text: 'oi',
          replyToId: null,
          forwardedFrom: null,
          idempotencyKey: null,
        }),
      );
    } finally {
      vi.useRealTimers();
    }
    const state = await stateOf();
    expect(state?.last).toEqual(state?.at);
  });
});

describe('a reply', () => {
  const quotedBy = async (externalId: string): Promise<string | null> => {
    const { rows } = await deps.pool.query<{ quoted: string | null }>(
      `select q.external_id as quoted from message m left join message q on q.id = m.reply_to_id
        where m.external_id = $1`,
      [externalId],
    );
    return rows[0]?.quoted ?? null;
  };
  const aReply = (to: string) =>
    aText(place, person, { content: { kind: 'text', text: 'isso', replyToExternalId: to } });

  it.each([
    ['after it', 0],
    ['before it', 1],
  ])('in one batch with what it answers is linked: %s', async (_, first) => {
    const original = aText(place, person);
    const reply = aReply(original.externalId);
    await receive(deps, ...(first === 0 ? [original, reply] : [reply, original]));
    expect(await quotedBy(reply.externalId)).toBe(original.externalId);
  });

  it('is linked to what it answers, whichever of them comes first', async () => {
    const original = aText(place, person);
    const replies = [aReply(original.externalId), aReply(original.externalId)];
    for (const item of [replies[0], original, replies[1]]) {
      await receive(deps, ...(item === undefined ? [] : [item]));
    }
    for (const reply of replies) {
      expect(await quotedBy(reply.externalId)).toBe(original.externalId);
    }
  });

  it('is linked to nothing in another conversation', async () => {
    const original = aText(place, { phone: aPhone() });
    const reply = aReply(original.externalId);
    await receive(deps, reply, original);
    expect(await quotedBy(reply.externalId)).toBeNull();
  });

  it('to a message of ours whose id was not known yet is linked with its status', async () => {
    const id = newId();
    await deps.pool.query(
      `insert into message (workspace_id, id, conversation_id, contact_id, channel_id, direction, kind, text, status, at)
       values ($1, $2, $3, $4, $5, 'out', 'text', 'oi', 'unknown', clock_timestamp())`,
      [place.workspaceId, id, thread.conversationId, thread.contactId, place.channelId],
    );
    const externalId = aWamid();
    const reply = aReply(externalId);
    await receive(deps, reply);
    const status = { type: 'status', ...place, externalId, callbackData: id } as const;
    await receive(deps, { ...status, status: 'read', timestamp: nowInSeconds() });
    expect(await quotedBy(reply.externalId)).toBe(externalId);
  });
});

describe('a status', () => {
  it('is of the channel it names: two channels may use one id', async () => {
    const other = await aChannel(deps.db, place.workspaceId);
    const elsewhere = await aChannel(deps.db, await aWorkspace(deps.db));
    const places = [place, other, elsewhere];
    const externalId = aWamid();
    const echoes = places.map((one) => aText(one, person, { direction: 'out', externalId }));
    await receive(deps, ...echoes);
    const status = { type: 'status', externalId, timestamp: nowInSeconds() } as const;
    await receive(
      deps,
      { ...status, ...other, status: 'read' },
      { ...status, ...elsewhere, status: 'delivered' },
      { ...status, ...place, status: 'failed', errorCode: 131_026 },
    );
    const { rows } = await deps.pool.query<{ status: string; channel: string }>(
      `select status, channel_id as channel from message where external_id = $1`,
      [externalId],
    );
    const statusOn = (one: Place) => rows.find((row) => row.channel === one.channelId)?.status;
    expect(places.map(statusOn)).toEqual(['failed', 'read', 'delivered']);
  });
});

describe('a large batch', () => {
  it('of a thousand items in three workspaces is one commit with short notices', async () => {
    const places = [place];
    for (let n = 0; n < 2; n += 1) {
      places.push(await aChannel(deps.db, await aWorkspace(deps.db)));
    }
    const heard: string[] = [];
    const client = await deps.pool.connect();
    try {
      client.on('notification', ({ payload }) => heard.push(payload ?? ''));
      await client.query('listen guarita_change');
      const people = Array.from({ length: 50 }, () => ({ phone: aPhone() }));
      const items = Array.from({ length: 1_000 }, (_, n) =>
        aText(places[n % 3] ?? place, people[n % 50] ?? person),
      );
      await receive(deps, ...items);
      await client.query('select 1');
      const { rows } = await deps.pool.query<{ n: number }>(
        'select count(*)::int as n from message where external_id = any($1)',
        [items.map((item) => item.externalId)],
      );
      expect(rows[0]?.n).toBe(1_000);
      const mine = heard.map((text): unknown => JSON.parse(text));
      expect(mine).toHaveLength(3);
      for (const { workspaceId } of places) {
        expect(mine).toContainEqual({ w: workspaceId, r: true });
      }
    } finally {
      await client.query('unlisten *');
      client.removeAllListeners('notification');
      client.release();
    }
  });
});
