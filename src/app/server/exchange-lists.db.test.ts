import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createIngest } from '#channels/whatsapp/server/accept-webhook.ts';
import { receiveItems } from '#features/conversations/server/index.ts';
import {
  prepareStart,
  startConversation,
} from '#features/conversations/server/start-conversation.ts';
import {
  aBsuid,
  aChannel,
  aPhone,
  aText,
  nowInSeconds,
  type Place,
} from '#features/conversations/server/testing.ts';
import { stretchPerson } from '#features/gate/server/explain/stretch-person.ts';
import { testIdentity } from '#features/gate/server/explain/test-identity.ts';
import { block, exchangeLists as lists, unblock } from '#features/gate/server/testing.ts';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';

let deps: TestDeps;
let place: Place;
let admin: Actor;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  place = await aChannel(deps.db, await aWorkspace(deps.db));
  admin = await aMember(deps.db, place.workspaceId);
});

const key = 'uma chave que duas unidades têm';
const deliver = (...items: Parameters<typeof receiveItems>[1]) => createIngest(deps).submit(items);

const stored = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from message
    where workspace_id = ${place.workspaceId}`.execute(deps.db);
  return rows[0]?.n;
};
/** What *Testar número* says. */
const isListed = async (phone: string): Promise<boolean> => {
  const { workspaceId } = place;
  const stretched = await stretchPerson(deps, workspaceId, { phone });
  const { keyed } = deps;
  const told = await deps.db
    .transaction()
    .execute((tx) => testIdentity({ tx, keyed }, workspaceId, { phone }, stretched));
  return told.isListed;
};
const blocks = async () => {
  const { rows } = await sql<{ cause: string; reason: string; actor: string; attempts: number }>`
    select b.cause, b.reason, b.started_by_kind as actor,
           coalesce((select sum(attempts) from block_attempt a where a.block_id = b.id), 0)::int as attempts
      from block b where b.workspace_id = ${place.workspaceId} and b.lifted_at is null`.execute(
    deps.db,
  );
  return rows;
};

describe('somebody who is on a list of another unit', () => {
  it('and writes for the first time ever is not let in; others are', async () => {
    const listed = aPhone();
    await lists.open(deps, admin, key, [listed]);
    await deliver(aText(place, { phone: listed }), aText(place, { phone: aPhone() }));
    expect(await stored()).toBe(1);
    expect(await blocks()).toEqual([
      { cause: 'exchange-list', reason: 'fraud', actor: 'system', attempts: 1 },
    ]);
    const { rows } = await sql<{ name: string | null }>`select profile_name as name from contact c
      where c.workspace_id = ${place.workspaceId} and exists (select 1 from block b where b.contact_id = c.id)`.execute(
      deps.db,
    );
    expect(rows).toEqual([{ name: null }]);
    const audited = await sql<{ masked: string }>`select masked_number as masked from audit_event
      where workspace_id = ${place.workspaceId} and action = 'gate.contact-blocked'`.execute(
      deps.db,
    );
    expect(audited.rows).toEqual([{ masked: expect.stringContaining('••••') }]);
  });

  it('is found with and without the ninth digit, and stays out under any name', async () => {
    const withNine = '5511981230001';
    await lists.open(deps, admin, key, [withNine]);
    const bsuid = aBsuid();
    await deliver(aText(place, { phone: '551181230001', bsuid }));
    await deliver(aText(place, { phone: withNine }));
    await deliver(aText(place, { bsuid }));
    expect(await stored()).toBe(0);
    expect(await blocks()).toMatchObject([{ cause: 'exchange-list', attempts: 3 }]);
  });

  it('is refused where nobody has stretched the number: nothing passes undecided', async () => {
    await lists.open(deps, admin, key, [aPhone()]);
    const item = aText(place, { phone: aPhone() });
    await expect(
      inTx(deps, systemActor(place.workspaceId), (ctx) => receiveItems(ctx, [item])),
    ).rejects.toThrow('has to be stretched');
    expect(await stored()).toBe(0);
  });

  it('and was here before is blocked by the job, and by their own next message if that is first', async () => {
    const [early, late] = [aPhone(), aPhone()];
    await deliver(aText(place, { phone: early }), aText(place, { phone: late }));
    expect(await stored()).toBe(2);
    await lists.open(deps, admin, key, [early, late]);
    await deliver(aText(place, { phone: early }));
    expect(await stored()).toBe(2);
    expect(await blocks()).toHaveLength(1);
    await lists.match(deps, admin);
    expect(await blocks()).toHaveLength(2);
    expect(await lists.states(deps, admin)).toEqual(['active']);
  });

  it('is compared with all whom we know, also where another list under the key is being compared', async () => {
    const [first, second] = [aPhone(), aPhone()];
    await deliver(aText(place, { phone: first }), aText(place, { phone: second }));
    const one = await lists.open(deps, admin, key, [aPhone()]);
    const two = await lists.add(deps, admin, key, [first, second]);
    await lists.unlock(deps, admin, two, key);
    const { rows } = await sql<{
      payload: { listId: string };
    }>`select payload from graphile_worker._private_jobs j
      where j.key like 'exchange-match:%' and payload->>'workspaceId' = ${place.workspaceId} order by id`.execute(
      deps.db,
    );
    expect(rows.map(({ payload }) => payload.listId)).toEqual([one, two]);
    await lists.matchOne(deps, admin, one);
    expect(await lists.states(deps, admin)).toEqual(expect.arrayContaining(['active', 'matching']));
    await lists.matchOne(deps, admin, two);
    expect(await lists.states(deps, admin)).toEqual(['active', 'active']);
    expect(await blocks()).toHaveLength(2);
  });

  describe('and is kept out by a block of some days', () => {
    let phone: string;
    let contactId: string;
    const blockForDays = () => {
      const expiresAt = new Date(Date.now() + 60_000);
      return block(deps, admin, contactId, { reason: 'spam', expiresAt });
    };
    beforeEach(async () => {
      phone = aPhone();
      await deliver(aText(place, { phone }));
      const { rows } = await sql<{
        id: string;
      }>`select id from contact where workspace_id = ${place.workspaceId}`.execute(deps.db);
      contactId = rows[0]?.id ?? '';
      await blockForDays();
    });

    it('is met when that has ended', async () => {
      await lists.open(deps, admin, key, [phone]);
      await lists.match(deps, admin);
      await deliver(aText(place, { phone }));
      await sql`update block set expires_at = started_at + interval '1 millisecond' where workspace_id = ${place.workspaceId}`.execute(
        deps.db,
      );
      await deliver(aText(place, { phone }));
      expect(await stored()).toBe(1);
      expect(await blocks()).toMatchObject([{ cause: 'exchange-list' }]);
    });

    it.each([true, false])(
      'stays in when somebody lifts it (compared before: %s)',
      async (isCompared) => {
        await lists.open(deps, admin, key, [phone]);
        if (isCompared) await lists.match(deps, admin);
        expect(await isListed(phone)).toBe(true);
        await unblock(deps, admin, contactId);
        expect(await isListed(phone)).toBe(false);
        // The second in which a block ended belongs to it.
        const deliverLater = () =>
          deliver(aText(place, { phone }, { timestamp: nowInSeconds() + 5 }));
        await deliverLater();
        await lists.match(deps, admin);
        expect(await stored()).toBe(2);
        expect(await blocks()).toEqual([]);
        // It was met by that: a block that the clock ends later does not wake the list.
        await blockForDays();
        await sql`update block set expires_at = started_at + interval '1 millisecond'
        where workspace_id = ${place.workspaceId} and lifted_at is null`.execute(deps.db);
        await deliverLater();
        expect(await stored()).toBe(3);
      },
    );

    it('is met by a list that is opened after somebody has lifted it', async () => {
      await unblock(deps, admin, contactId);
      await lists.open(deps, admin, key, [phone]);
      await deliver(aText(place, { phone }));
      expect(await stored()).toBe(1);
      expect(await blocks()).toMatchObject([{ cause: 'exchange-list' }]);
    });
  });

  it('and whom nobody here knows cannot be written to either', async () => {
    const phone = aPhone();
    await lists.open(deps, admin, key, [phone]);
    const start = () =>
      inTx(deps, admin, (ctx) => startConversation(ctx, { phone, name: null, channelId: null }));
    await expect(start()).rejects.toThrow('has to be stretched');
    await prepareStart(deps, place.workspaceId, phone);
    await start();
    expect(await blocks()).toMatchObject([{ cause: 'exchange-list' }]);
  });

  it('and whom an administrator lets in again stays in', async () => {
    const phone = aPhone();
    await lists.open(deps, admin, key, [phone]);
    await deliver(aText(place, { phone }));
    await sql`update block set lifted_at = clock_timestamp() - interval '1 hour', started_at = started_at - interval '2 hours',
      lifted_by_kind = 'member' where workspace_id = ${place.workspaceId}`.execute(deps.db);
    await deliver(aText(place, { phone }));
    expect(await stored()).toBe(1);
    expect(await blocks()).toEqual([]);
  });
});

describe('the race', () => {
  it('of a list that is opened while its people write: after its commit nothing comes in', async () => {
    const phones = Array.from({ length: 12 }, aPhone);
    const listId = await lists.add(deps, admin, key, phones);
    const write = () => Promise.all(phones.map((phone) => deliver(aText(place, { phone }))));
    const writing = write();
    await lists.unlock(deps, admin, listId, key);
    // What began before the commit may be on either side of it.
    await writing;
    const before = await stored();
    await write();
    expect(await stored()).toBe(before);
    expect(await blocks()).toHaveLength(phones.length);
  });

  it('of one person’s first messages on two processes makes one contact and one block', async () => {
    const phone = aPhone();
    await lists.open(deps, admin, key, [phone]);
    await Promise.all(Array.from({ length: 6 }, () => deliver(aText(place, { phone }))));
    expect(await stored()).toBe(0);
    expect(await blocks()).toMatchObject([{ attempts: 6 }]);
  });
});

describe('a list', () => {
  it('goes from one unit to another under the key, and holds no number', async () => {
    const phones = Array.from({ length: 5 }, aPhone);
    const from = await aChannel(deps.db, await aWorkspace(deps.db));
    const theirAdmin = await aMember(deps.db, from.workspaceId);
    const { key: made, text } = await lists.exported(deps, theirAdmin, phones);
    expect(text.trim().split('\n')).toHaveLength(6);
    for (const phone of phones) expect(text).not.toContain(phone.slice(2));
    const kept = await sql`select 1 from exchange_export where sealed_key is not null`.execute(
      deps.db,
    );
    expect(kept.rows).toEqual([]);
    const id = await lists.addText(deps, admin, text);
    await expect(lists.unlock(deps, admin, id, key)).rejects.toMatchObject({
      code: 'exchange-key-wrong',
    });
    await deliver(aText(place, { phone: phones[0] ?? '' }));
    expect(await stored()).toBe(1);
    await lists.unlock(deps, admin, id, ` ${made.toUpperCase()} `);
    await Promise.all(phones.map((phone) => deliver(aText(place, { phone }))));
    expect(await stored()).toBe(1);
    expect(await blocks()).toHaveLength(5);
  });

  it('that the other unit could not read for its length is not begun', async () => {
    await lists.exported(deps, admin, [aPhone(), aPhone()]);
    const begun = async () => {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from exchange_export
        where workspace_id = ${place.workspaceId}`.execute(deps.db);
      return rows[0]?.n;
    };
    await expect(lists.start(deps, admin, 1)).rejects.toMatchObject({
      code: 'exchange-export-too-large',
      status: 422,
      extra: { detail: 'at most 1 numbers' },
    });
    expect(await begun()).toBe(1);
    await lists.start(deps, admin, 2);
    expect(await begun()).toBe(2);
  });

  it('that is removed is not looked up any more, and its key is gone', async () => {
    const phone = aPhone();
    const id = await lists.open(deps, admin, key, [phone]);
    await lists.remove(deps, admin, id);
    await deliver(aText(place, { phone }));
    expect(await stored()).toBe(1);
    const { rows } =
      await sql`select 1 from exchange_key where workspace_id = ${place.workspaceId}`.execute(
        deps.db,
      );
    expect(rows).toEqual([]);
  });

  it('of another format is refused, with the line', async () => {
    await expect(lists.addText(deps, admin, 'number;reason\n')).rejects.toMatchObject({
      code: 'exchange-list-unreadable',
    });
  });
});
