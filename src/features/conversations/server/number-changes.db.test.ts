import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import { identityHashOf, insertAwaited } from '#features/contacts/server/index.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import { eventsOf, listenToAll } from '#features/webhooks/server/testing.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aStage, countWaiting, holderOf } from './testing/stage.ts';
import {
  aBsuid,
  aNumberChange,
  aPhone,
  aText,
  aThread,
  mergeContacts,
  receive,
} from './testing.ts';

const stage = aStage();

/** Whose message it became; null when it was dropped. */
const writes = async (person: PersonRef): Promise<string | null> => {
  const text = aText(stage.place, person);
  await receive(stage.deps, text);
  const { rows } = await sql<{ contactId: string }>`select contact_id as "contactId" from message
    where external_id = ${text.externalId}`.execute(stage.deps.db);
  return rows[0]?.contactId ?? null;
};

const contactOf = async (person: PersonRef): Promise<string> =>
  (await aThread(stage.deps, stage.place, person)).contactId;

const change = (person: PersonRef, next: PersonRef): Promise<void> =>
  receive(stage.deps, aNumberChange(stage.place, person, next));

const openBlock = async (contactId: string) => {
  const { rows } = await sql<{ cause: string; expiresAt: Date | null; reason: string }>`
    select cause, reason, expires_at as "expiresAt" from block
     where contact_id = ${contactId} and lifted_at is null`.execute(stage.deps.db);
  return rows[0];
};

const epochOf = async (contactId: string): Promise<number> => {
  const { rows } = await sql<{ epoch: number }>`
    select block_epoch as epoch from contact where id = ${contactId}`.execute(stage.deps.db);
  return rows[0]?.epoch ?? -1;
};

describe('a change to identities of which one is held by somebody else', () => {
  it.each<[string, PersonRef, (phone: string, bsuid: string) => PersonRef]>([
    ['the held number and a new account', { phone: aPhone(), bsuid: aBsuid() }, both],
    ['the same, told by the account alone', { bsuid: aBsuid() }, both],
    ['the held number and a new parent', { phone: aPhone() }, withParent],
  ])('teaches the blocked contact the others: %s', async (_, before, next) => {
    const [phone, bsuid] = [aPhone(), aBsuid()];
    const contactId = await contactOf(before);
    const otherId = await contactOf({ phone });
    await block(stage.deps, stage.admin, contactId);
    await change(before, next(phone, bsuid));
    expect(await writes({ bsuid: 'BR.other', parentBsuid: bsuid })).toBeNull();
    expect(await writes({ phone })).toBeNull();
    expect(await openBlock(otherId)).toMatchObject({ cause: 'number-change' });
  });

  it('teaches the account by which the blocked person writes from then on', async () => {
    const before = { phone: aPhone(), bsuid: aBsuid() };
    const [phone, bsuid] = [aPhone(), aBsuid()];
    const contactId = await contactOf(before);
    const otherId = await contactOf({ phone });
    await block(stage.deps, stage.admin, contactId);
    await change(before, { phone, bsuid });
    expect(await writes({ bsuid })).toBeNull();
    // Lifted alone, the other's block takes nothing with it.
    await unblock(stage.deps, stage.admin, otherId);
    expect(await writes({ bsuid })).toBeNull();
  });

  it('extends the block to every one who holds something', async () => {
    const before = { phone: aPhone() };
    const next = { phone: aPhone(), bsuid: aBsuid() };
    const contactId = await contactOf(before);
    const others = [await contactOf({ phone: next.phone }), await contactOf({ bsuid: next.bsuid })];
    await block(stage.deps, stage.admin, contactId);
    await change(before, next);
    for (const other of others) {
      expect(await openBlock(other)).toMatchObject({ cause: 'number-change' });
    }
  });
});

function both(phone: string, bsuid: string): PersonRef {
  return { phone, bsuid: aBsuid(), parentBsuid: bsuid };
}
function withParent(phone: string, parentBsuid: string): PersonRef {
  return { phone, parentBsuid };
}

describe('a block that is extended to somebody who is blocked already', () => {
  const hour = (n: number): Date => new Date(Date.now() + n * 3_600_000);

  it.each([
    ['without end', null],
    ['with a later end', hour(48)],
  ])('goes on there for as long as the first one: %s', async (_, expiresAt) => {
    const [before, next] = [{ phone: aPhone() }, { phone: aPhone() }];
    const [contactId, otherId] = [await contactOf(before), await contactOf(next)];
    await block(stage.deps, stage.admin, contactId, { expiresAt, reason: 'fraud' });
    await block(stage.deps, stage.admin, otherId, { expiresAt: hour(24), reason: 'spam' });
    await listenToAll(stage.deps, stage.admin);
    await change(before, next);
    const told = { contactId: otherId, data: { cause: 'number-change' } };
    expect(await eventsOf(stage.deps.db, stage.place.workspaceId)).toMatchObject([
      { type: 'contact.unblocked', ...told },
      { type: 'contact.blocked', ...told },
    ]);
    expect(await openBlock(otherId)).toEqual({
      cause: 'number-change',
      reason: 'fraud',
      expiresAt,
    });
    expect(await epochOf(otherId)).toBe(2);
  });

  it.each([
    ['without end', null],
    ['with a later end', hour(48)],
  ])('leaves a longer one as it is: %s', async (_, expiresAt) => {
    const [before, next] = [{ phone: aPhone() }, { phone: aPhone() }];
    const [contactId, otherId] = [await contactOf(before), await contactOf(next)];
    await block(stage.deps, stage.admin, contactId, { expiresAt: hour(24) });
    await block(stage.deps, stage.admin, otherId, { expiresAt });
    await change(before, next);
    expect(await openBlock(otherId)).toMatchObject({ cause: 'manual', expiresAt });
    expect(await epochOf(otherId)).toBe(1);
  });
});

describe('a change told of a number and an account of two contacts', () => {
  it('is of the contact with the account, and leaves the other alone', async () => {
    const [phone, bsuid, next] = [aPhone(), aBsuid(), aPhone()];
    const byPhone = await contactOf({ phone, bsuid: aBsuid() });
    const byAccount = await contactOf({ bsuid });
    await change({ phone, bsuid }, { phone: next, bsuid });
    expect(await writes({ phone: next })).toBe(byAccount);
    expect(await writes({ phone })).toBe(byPhone);
  });

  it('is of the contact with the parent account before the one with the number', async () => {
    const [phone, parentBsuid, next] = [aPhone(), aBsuid(), aPhone()];
    const byPhone = await contactOf({ phone });
    const byParent = await contactOf({ bsuid: aBsuid(), parentBsuid });
    await change({ phone, parentBsuid }, { phone: next });
    expect(await writes({ phone: next })).toBe(byParent);
    expect(await writes({ phone })).toBe(byPhone);
  });
});

describe('changes that come in the wrong order', () => {
  const some = (count: number): { phone: string }[] =>
    Array.from({ length: count }, () => ({ phone: aPhone() }));

  /** What came first is told as such: between two calls a second may pass. */
  const earlier = (person: PersonRef, next: PersonRef): Promise<void> =>
    receive(stage.deps, aNumberChange(stage.place, person, next, 120));

  /** Of somebody blocked the second of two changes alone. */
  const toldOfTheLast = async () => {
    const [first, second, last] = some(3) as [Phone, Phone, Phone];
    const contactId = await contactOf(first);
    await block(stage.deps, stage.admin, contactId);
    await change(second, last);
    return { first, second, last, contactId };
  };

  it.each([
    ['one after the other', false],
    ['in one batch', true],
  ])('lead the block on to the last number: %s', async (_, isOneBatch) => {
    const [first, second, third, last] = some(4) as [Phone, Phone, Phone, Phone];
    const contactId = await contactOf(first);
    await block(stage.deps, stage.admin, contactId);
    const told = [
      aNumberChange(stage.place, third, last, 60),
      aNumberChange(stage.place, second, third, 90),
      aNumberChange(stage.place, first, second, 120),
    ];
    for (const batch of isOneBatch ? [told] : told.map((one) => [one])) {
      await receive(stage.deps, ...batch);
    }
    for (const one of [last, third, second, first]) {
      expect(await writes(one)).toBeNull();
    }
    expect(await holderOf(stage, last.phone)).toBe(contactId);
    const { rows } = await sql`select 1 from contact_identity
      where contact_id = ${contactId} and not is_former`.execute(stage.deps.db);
    expect(rows).toHaveLength(1);
  });

  it('drop what comes from there in the same batch', async () => {
    const [first, second, last] = some(3) as [Phone, Phone, Phone];
    const contactId = await contactOf(first);
    await block(stage.deps, stage.admin, contactId);
    await receive(
      stage.deps,
      aText(stage.place, last),
      aNumberChange(stage.place, second, last, 60),
      aNumberChange(stage.place, first, second, 120),
    );
    expect(await holderOf(stage, last.phone)).toBe(contactId);
    const { rows } = await sql`select 1 from message where workspace_id = ${stage.place.workspaceId}
      and contact_id <> ${contactId}`.execute(stage.deps.db);
    expect(rows).toEqual([]);
  });

  it('lead it to whoever has written from there meanwhile', async () => {
    const { first, second, last } = await toldOfTheLast();
    const otherId = await contactOf(last);
    await earlier(first, second);
    expect(await openBlock(otherId)).toMatchObject({ cause: 'number-change' });
    expect(await writes(last)).toBeNull();
  });

  const oneWaits = () => expect.poll(() => countWaiting(stage), { timeout: 10_000 }).toBe(1);

  it('lead it to whoever a merge just makes of the one who has written from there', async () => {
    const { first, second, last } = await toldOfTheLast();
    const [keptId, goneId] = [await contactOf({ phone: aPhone() }), await contactOf(last)];
    let moving = Promise.resolve();
    await inTx(stage.deps, stage.admin, async (ctx) => {
      await mergeContacts(ctx, keptId, goneId);
      moving = earlier(first, second);
      await oneWaits();
    });
    await moving;
    expect(await openBlock(keptId)).toMatchObject({ cause: 'number-change' });
    expect(await openBlock(goneId)).toBeUndefined();
    expect(await writes(last)).toBeNull();
  });

  it('lead it to whoever first writes from there while the name is being written down', async () => {
    const { first, second, last, contactId } = await toldOfTheLast();
    let moving = Promise.resolve();
    const otherId = await inTx(stage.deps, stage.admin, async ({ tx, keyed }) => {
      const { workspaceId } = stage.place;
      const hash = identityHashOf(keyed, workspaceId, `phone:${last.phone}`);
      await insertAwaited(tx, workspaceId, contactId, [{ hash, kind: 'phone', isFormer: false }]);
      moving = earlier(first, second);
      await oneWaits();
      return writes(last);
    });
    await moving;
    expect(await openBlock(otherId ?? '')).toMatchObject({ cause: 'number-change' });
    expect(await writes(last)).toBeNull();
  });

  it('are those of whoever had the number before: told as earlier, one leads on nobody who came later', async () => {
    const [first, second, last] = some(3) as [Phone, Phone, Phone];
    const contactId = await contactOf(first);
    await block(stage.deps, stage.admin, contactId);
    await earlier(second, last);
    await change(first, second);
    expect(await writes(second)).toBeNull();
    expect(await writes(last)).not.toBeNull();
    expect(await holderOf(stage, second.phone)).toBe(contactId);
  });

  it('keep an account that both tell of', async () => {
    const [first, second, last] = some(3) as [Phone, Phone, Phone];
    const bsuid = aBsuid();
    const contactId = await contactOf(first);
    await block(stage.deps, stage.admin, contactId);
    await change({ ...second, bsuid }, { ...last, bsuid });
    await earlier(first, { ...second, bsuid });
    expect(await writes({ bsuid })).toBeNull();
    expect(await writes({ ...last, bsuid })).toBeNull();
    expect(await writes(last)).toBeNull();
    expect(await holderOf(stage, bsuid)).toBe(contactId);
  });
});

interface Phone {
  readonly phone: string;
}

describe('an identity that was awaited for a contact which a merge used up', () => {
  it('is the other’s once it appears, and awaited no more', async () => {
    const [one, two, next] = [aPhone(), aPhone(), aPhone()];
    const [keptId, goneId] = [await contactOf({ phone: one }), await contactOf({ phone: two })];
    await inTx(stage.deps, stage.admin, async (ctx) => {
      const { workspaceId } = ctx.actor;
      const hash = identityHashOf(ctx.keyed, workspaceId, `phone:${next}`);
      await insertAwaited(ctx.tx, workspaceId, goneId, [{ hash, kind: 'phone', isFormer: false }]);
      await mergeContacts(ctx, keptId, goneId);
    });
    expect(await writes({ phone: next })).toBe(keptId);
    const awaited = sql`select 1 from awaited_identity where workspace_id = ${stage.place.workspaceId}`;
    expect((await awaited.execute(stage.deps.db)).rows).toEqual([]);
  });
});
