import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { InboundItem, PersonRef } from '#channels/channel.ts';
import { findAddress } from '#features/contacts/server/index.ts';
import { attemptsOf, block, unblock } from '#features/gate/server/testing.ts';
import { aStage } from './testing/stage.ts';
import { aBsuid, aNumberChange, aPhone, aText, aThread, receive } from './testing.ts';

const stage = aStage();

/** Whose message it became; null when it was dropped. */
const ownerOf = async (item: InboundItem): Promise<string | null> => {
  const { rows } = await sql<{ contactId: string }>`
    select contact_id as "contactId" from message
     where external_id = ${item.type === 'counted' ? '' : item.externalId}`.execute(stage.deps.db);
  return rows[0]?.contactId ?? null;
};

const writes = async (person: PersonRef): Promise<string | null> => {
  const text = aText(stage.place, person);
  await receive(stage.deps, text);
  return ownerOf(text);
};

const blockedPerson = async (person: PersonRef) => {
  const { contactId } = await aThread(stage.deps, stage.place, person);
  const { id } = await block(stage.deps, stage.admin, contactId);
  return { contactId, blockId: id };
};

const conflicts = async () => {
  const { rows } = await sql<{ kind: string; contactId: string; otherId: string; key: string }>`
    select kind, contact_id as "contactId", other_contact_id as "otherId", match_key as key
      from identity_conflict where workspace_id = ${stage.place.workspaceId} order by opened_at`.execute(
    stage.deps.db,
  );
  return rows;
};

const numberChange = (person: PersonRef, next: PersonRef) =>
  aNumberChange(stage.place, person, next);

const activities = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from message
    where workspace_id = ${stage.place.workspaceId} and kind = 'activity'`.execute(stage.deps.db);
  return rows[0]?.n ?? 0;
};

const withoutNinth = (phone: string): string => `${phone.slice(0, 4)}${phone.slice(5)}`;

type Named = Required<Omit<PersonRef, 'portfolioId'>>;

describe('a blocked person is blocked in every form they come back', () => {
  it.each<[string, (full: Named) => PersonRef]>([
    ['the number as it was', ({ phone }) => ({ phone })],
    ['the number without its ninth digit', ({ phone }) => ({ phone: withoutNinth(phone) })],
    ['the account alone, the number hidden', ({ bsuid }) => ({ bsuid })],
    ['an empty number', ({ bsuid }) => ({ phone: '', bsuid })],
    ['the parent id beside a new account', ({ parentBsuid }) => ({ bsuid: 'BR.new', parentBsuid })],
    ['a new number of the known account', ({ bsuid }) => ({ phone: aPhone(), bsuid })],
  ])('%s', async (_, form) => {
    const full = { phone: aPhone(), bsuid: aBsuid(), parentBsuid: aBsuid() };
    const { blockId } = await blockedPerson(full);
    expect(await writes(form(full))).toBeNull();
    expect(await attemptsOf(stage.deps.db, blockId)).toEqual({ text: 1 });
  });

  it('but a number that has never been seen is another person', async () => {
    await blockedPerson({ phone: aPhone(), bsuid: aBsuid() });
    expect(await writes({ phone: aPhone(), bsuid: aBsuid() })).not.toBeNull();
  });

  it('a blocked number under a new account: dropped, counted, and a conflict without content', async () => {
    const phone = aPhone();
    const { contactId, blockId } = await blockedPerson({ phone, bsuid: aBsuid() });
    const bsuid = aBsuid();
    expect(await writes({ phone, bsuid })).toBeNull();
    expect(await writes({ phone, bsuid })).toBeNull();
    expect(await attemptsOf(stage.deps.db, blockId)).toEqual({ text: 2 });
    expect(await conflicts()).toMatchObject([
      { kind: 'same-number-other-account', contactId, key: `bsuid:${bsuid}` },
    ]);
  });

  it('a blocked number under the account of somebody else: dropped, and a conflict of the two', async () => {
    const phone = aPhone();
    const other = { bsuid: aBsuid() };
    const { contactId } = await blockedPerson({ phone, bsuid: aBsuid() });
    const { contactId: otherId } = await aThread(stage.deps, stage.place, other);
    expect(await writes({ phone, ...other })).toBeNull();
    expect(await conflicts()).toMatchObject([
      { kind: 'same-number-other-account', contactId, otherId },
    ]);
    expect(await writes(other)).toBe(otherId);
  });
});

describe('a recycled number of somebody who is not blocked', () => {
  it('never shows the old history to the new person, and is listed', async () => {
    const phone = aPhone();
    const old = await aThread(stage.deps, stage.place, { phone, bsuid: aBsuid() });
    const now = { phone, bsuid: aBsuid() };
    const owner = await writes(now);
    expect(owner).not.toBe(old.contactId);
    expect(await writes({ phone })).toBe(owner);
    expect(await conflicts()).toMatchObject([
      { kind: 'recycled-number', contactId: owner, otherId: old.contactId },
    ]);
  });
});

describe('a message that comes late', () => {
  it('takes no number back to whoever had it before', async () => {
    const phone = aPhone();
    const before = { phone, bsuid: aBsuid() };
    const old = await aThread(stage.deps, stage.place, before);
    const owner = await writes({ phone, bsuid: aBsuid() });
    const late = { ...aText(stage.place, before), timestamp: Math.floor(Date.now() / 1000) - 600 };
    await receive(stage.deps, late);
    expect(await ownerOf(late)).toBe(old.contactId);
    expect(await writes({ phone })).toBe(owner);
  });

  it('of an account that was not known makes a contact without the number', async () => {
    const phone = aPhone();
    const { contactId } = await aThread(stage.deps, stage.place, { phone, bsuid: aBsuid() });
    const stranger = { phone, bsuid: aBsuid() };
    const late = {
      ...aText(stage.place, stranger),
      timestamp: Math.floor(Date.now() / 1000) - 600,
    };
    await receive(stage.deps, late);
    expect(await ownerOf(late)).not.toBe(contactId);
    expect(await writes({ phone })).toBe(contactId);
    expect(await conflicts()).toMatchObject([{ kind: 'recycled-number', otherId: contactId }]);
  });
});

describe('a number change', () => {
  it('moves the contact along, with one line in its thread, however often it is told', async () => {
    const [phone, bsuid, next] = [aPhone(), aBsuid(), aPhone()];
    const { contactId } = await aThread(stage.deps, stage.place, { phone, bsuid });
    const change = numberChange({ phone, bsuid }, { phone: next, bsuid });
    await receive(stage.deps, change);
    await receive(stage.deps, change, change);
    expect(await writes({ phone: next })).toBe(contactId);
    expect(await activities()).toBe(1);
  });

  it('of a blocked contact moves the block along, without a line; the old number still blocks', async () => {
    const [phone, next] = [aPhone(), aPhone()];
    const { blockId } = await blockedPerson({ phone });
    await receive(stage.deps, numberChange({ phone }, { phone: next }));
    expect(await writes({ phone: next })).toBeNull();
    expect(await writes({ phone })).toBeNull();
    expect(await attemptsOf(stage.deps.db, blockId)).toEqual({ 'number-change': 1, text: 2 });
    expect(await activities()).toBe(0);
  });

  it('and in the same batch as the first message from the new number, whatever comes first', async () => {
    const [phone, next] = [aPhone(), aPhone()];
    await blockedPerson({ phone });
    const text = aText(stage.place, { phone: next });
    await receive(stage.deps, text, numberChange({ phone }, { phone: next }));
    expect(await ownerOf(text)).toBeNull();
  });

  it('of a blocked contact to an identity of another extends the block, to be lifted alone', async () => {
    const [phone, next] = [aPhone(), aPhone()];
    const { contactId } = await blockedPerson({ phone });
    const other = await aThread(stage.deps, stage.place, { phone: next });
    await receive(stage.deps, numberChange({ phone }, { phone: next }));
    const { rows } = await sql<{ cause: string; reason: string }>`select cause, reason from block
      where contact_id = ${other.contactId} and lifted_at is null`.execute(stage.deps.db);
    expect(rows).toEqual([{ cause: 'number-change', reason: 'offense' }]);
    expect(await writes({ phone: next })).toBeNull();
    expect(await conflicts()).toMatchObject([{ contactId, otherId: other.contactId }]);
    await unblock(stage.deps, stage.admin, other.contactId);
    await sql`update block set started_at = started_at - interval '1 hour',
      lifted_at = lifted_at - interval '1 hour' where contact_id = ${other.contactId}`.execute(
      stage.deps.db,
    );
    expect(await writes({ phone: next })).toBe(other.contactId);
    expect(await writes({ phone })).toBeNull();
  });

  it('of the account alone leaves the number behind too, until it comes with the new account', async () => {
    const [phone, bsuid, next] = [aPhone(), aBsuid(), aBsuid()];
    const { contactId } = await aThread(stage.deps, stage.place, { phone, bsuid });
    const change = numberChange({ bsuid }, { bsuid: next });
    await receive(stage.deps, change);
    await receive(stage.deps, change);
    const address = () =>
      findAddress(stage.deps.db, stage.place.workspaceId, contactId, stage.place.channelId);
    expect(await address()).toEqual({ bsuid: next });
    expect(await activities()).toBe(1);
    expect(await writes({ bsuid: next })).toBe(contactId);
    // Whoever has the number by now is somebody else.
    expect(await writes({ phone })).not.toBe(contactId);
    const shown = aPhone();
    expect(await writes({ phone: shown, bsuid: next })).toBe(contactId);
    expect(await address()).toEqual({ phone: shown, bsuid: next });
  });

  it('of the account alone lets no blocked person in by any of them', async () => {
    const [phone, bsuid, next] = [aPhone(), aBsuid(), aBsuid()];
    await blockedPerson({ phone, bsuid });
    await receive(stage.deps, numberChange({ bsuid }, { bsuid: next }));
    for (const form of [{ phone }, { bsuid }, { bsuid: next }, { phone, bsuid: next }]) {
      expect(await writes(form)).toBeNull();
    }
  });

  it('an identity left behind that comes back with a new account is dropped and listed', async () => {
    const [phone, next] = [aPhone(), aPhone()];
    const { contactId } = await blockedPerson({ phone });
    await receive(stage.deps, numberChange({ phone }, { phone: next }));
    const bsuid = aBsuid();
    expect(await writes({ phone, bsuid })).toBeNull();
    expect(await conflicts()).toMatchObject([
      { kind: 'former-identity', contactId, key: `bsuid:${bsuid}` },
    ]);
  });
});
