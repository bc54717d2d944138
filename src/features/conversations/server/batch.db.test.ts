import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkGateInbound } from '#features/gate/server/index.ts';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { insertReceived } from './message-store.ts';
import {
  aChannel,
  aPhone,
  aText,
  aThread,
  aWamid,
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
    const judged = { ...item, item, kind: 'text', contactIds: [thread.contactId] };
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
      }),
    };
    await expect(inTx(deps, system, (ctx) => insertReceived(ctx.tx, [placed]))).rejects.toThrow(
      'never let this item pass',
    );
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
