import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { PersonRef } from '#channels/channel.ts';
import type { ConflictOutcome } from '#features/contacts/people/contract.ts';
import { readConflict } from '#features/contacts/server/index.ts';
import { block } from '#features/gate/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { decideConflict } from './decide-conflict.ts';
import { peopleOn } from './testing/people-world.ts';
import { aStage } from './testing/stage.ts';
import { aBsuid, aNumberChange, aPhone, aThread, nowInSeconds, receive } from './testing.ts';

const stage = aStage();
const { writes, openBlocks, audited, messagesOf, split } = peopleOn(stage);

const conflictIds = async (): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from identity_conflict
    where workspace_id = ${stage.place.workspaceId} and resolved_at is null order by opened_at`.execute(
    stage.deps.db,
  );
  return rows.map((row) => row.id);
};

const theConflict = async () => {
  const [id = '', ...others] = await conflictIds();
  expect(others).toEqual([]);
  const conflict = await readConflict(stage.deps.db, stage.place.workspaceId, id);
  if (conflict === undefined) {
    throw new Error('no conflict was opened');
  }
  return conflict;
};

/** As the list of decided ones shows them. */
const sidesOf = async (id: string) => {
  const told = await readConflict(stage.deps.db, stage.place.workspaceId, id);
  return { outcome: told?.outcome, contact: told?.contact.id, other: told?.other?.id };
};

const decide = (
  id: string,
  outcome: ConflictOutcome,
  by: Actor = stage.admin,
  keepBlock = true,
): Promise<string[]> =>
  inTx(stage.deps, by, (ctx) => decideConflict(ctx, id, { outcome, keepBlock }));

/** Later than any block of this test. */
const later = () => ({ timestamp: nowInSeconds() + 2 });

const aRecycledNumber = async () => {
  const phone = aPhone();
  const before = { phone, bsuid: aBsuid() };
  const now = { phone, bsuid: aBsuid() };
  const old = await aThread(stage.deps, stage.place, before);
  const owner = (await writes(now))?.contactId ?? '';
  return { before, now, oldId: old.contactId, ownerId: owner };
};

/** A blocked number under an account that nobody has. */
const aNewAccount = async () => {
  const phone = aPhone();
  const known = { phone, bsuid: aBsuid() };
  const { contactId } = await aThread(stage.deps, stage.place, known);
  await block(stage.deps, stage.admin, contactId, { reason: 'fraud' });
  const stranger: PersonRef = { phone, bsuid: aBsuid() };
  expect(await writes(stranger)).toBeNull();
  return { known, stranger, contactId };
};

describe('an account that nobody had, decided to be the blocked person’s', () => {
  it.each([true, false])('with the block kept: %s', async (keepBlock) => {
    const { stranger, contactId } = await aNewAccount();
    await decide((await theConflict()).id, 'merged', stage.admin, keepBlock);
    expect((await openBlocks()).map((one) => one.contactId)).toEqual(keepBlock ? [contactId] : []);
    expect(await audited('gate.contact-unblocked')).toHaveLength(keepBlock ? 0 : 1);
    const text = await writes(stranger, later());
    expect(text?.contactId).toBe(keepBlock ? undefined : contactId);
  });
});

describe('a recycled number in the list', () => {
  it('shows both sides without a word or a whole number', async () => {
    const { before, ownerId, oldId } = await aRecycledNumber();
    const conflict = await theConflict();
    expect(conflict).toMatchObject({
      kind: 'recycled-number',
      identityKind: 'phone',
      contact: { id: ownerId, conversationCount: 1 },
      other: { id: oldId, conversationCount: 1, isBlocked: false },
      outcomes: ['apart', 'merged'],
    });
    const told = JSON.stringify(conflict);
    expect(told).not.toContain(before.phone);
    expect(told).not.toContain(before.bsuid);
    expect(told).toContain(before.phone.slice(-4));
  });

  it('decided to be two people changes nothing, and is not asked again', async () => {
    const { now, before, ownerId, oldId } = await aRecycledNumber();
    await decide((await theConflict()).id, 'apart');
    expect(await conflictIds()).toEqual([]);
    expect((await writes(now))?.contactId).toBe(ownerId);
    expect((await writes({ bsuid: before.bsuid }))?.contactId).toBe(oldId);
    expect(await audited('contacts.conflict-decided')).toMatchObject([
      { kind: 'recycled-number', outcome: 'apart', otherContactId: oldId },
    ]);
  });

  it('decided to be one person joins them', async () => {
    const { oldId, ownerId } = await aRecycledNumber();
    const { id } = await theConflict();
    await decide(id, 'merged');
    expect(await sidesOf(id)).toEqual({ outcome: 'merged', contact: oldId, other: undefined });
    expect(await messagesOf(ownerId)).toBe(0);
    expect(await messagesOf(oldId)).toBe(2);
  });

  it('with one of them blocked since, the block can be made to hold for both', async () => {
    const { now, ownerId, oldId } = await aRecycledNumber();
    await block(stage.deps, stage.admin, oldId, { reason: 'fraud' });
    const { id, outcomes } = await theConflict();
    // The number is left behind by the blocked one, and still blocks.
    expect(outcomes).toEqual(['apart', 'merged', 'blocked', 'released']);
    await decide(id, 'blocked');
    expect(await openBlocks()).toMatchObject([
      { contactId: oldId, reason: 'fraud' },
      { contactId: ownerId, reason: 'fraud', cause: 'manual' },
    ]);
    expect(await writes(now)).toBeNull();
  });

  it('or the number is given to the one who has it now, who gets through again', async () => {
    const { now, before, ownerId, oldId } = await aRecycledNumber();
    await block(stage.deps, stage.admin, oldId);
    expect(await writes(now)).toBeNull();
    const { id } = await theConflict();
    await decide(id, 'released');
    expect(await sidesOf(id)).toEqual({ outcome: 'released', contact: ownerId, other: oldId });
    expect((await writes(now))?.contactId).toBe(ownerId);
    expect(await writes({ bsuid: before.bsuid })).toBeNull();
    expect(await openBlocks()).toMatchObject([{ contactId: oldId }]);
  });

  it('is answered when the two are merged by hand', async () => {
    const { ownerId, oldId } = await aRecycledNumber();
    const { id } = await theConflict();
    await peopleOn(stage).merge(ownerId, oldId);
    expect(await conflictIds()).toEqual([]);
    await expect(decide(id, 'apart')).rejects.toMatchObject({ code: 'conflict-decided' });
  });
});

describe('a blocked number under a new account', () => {
  it('can stay as it is: dropped, and not listed anew by its next message', async () => {
    const { stranger } = await aNewAccount();
    const { id, other, outcomes } = await theConflict();
    expect([other, outcomes]).toEqual([null, ['apart', 'merged', 'released']]);
    await decide(id, 'apart');
    expect(await writes(stranger)).toBeNull();
    expect(await conflictIds()).toEqual([]);
  });

  it('is the same person: the account joins and is blocked by belonging', async () => {
    const { stranger } = await aNewAccount();
    await decide((await theConflict()).id, 'merged');
    expect(await writes({ bsuid: stranger.bsuid ?? '' })).toBeNull();
  });

  it('is somebody else: the number is theirs, the block stays with the account it was for', async () => {
    const { known, stranger, contactId } = await aNewAccount();
    const { id } = await theConflict();
    await decide(id, 'released');
    const first = await writes(stranger, later());
    expect(first?.contactId).not.toBe(contactId);
    expect(first).not.toBeNull();
    // The blocked person is still told of where it was decided.
    expect(await sidesOf(id)).toEqual({
      ...{ outcome: 'released', contact: contactId, other: first?.contactId },
    });
    expect((await writes({ phone: stranger.phone ?? '' }, later()))?.contactId).toBe(
      first?.contactId,
    );
    expect(await writes({ bsuid: known.bsuid }, later())).toBeNull();
    expect(await openBlocks()).toMatchObject([{ contactId }]);
  });

  it('who has become known meanwhile under that account is the other side', async () => {
    const { stranger, contactId } = await aNewAccount();
    const known = await writes({ bsuid: stranger.bsuid ?? '' });
    const { id, other, outcomes } = await theConflict();
    expect(other?.id).toBe(known?.contactId);
    expect(outcomes).toEqual(['apart', 'merged', 'blocked', 'released']);
    await decide(id, 'released');
    expect(await sidesOf(id)).toEqual({
      ...{ outcome: 'released', contact: contactId, other: known?.contactId },
    });
    expect((await writes(stranger, later()))?.contactId).toBe(known?.contactId);
    expect(await writes({ phone: aPhone(), bsuid: aBsuid() })).not.toBeNull();
    expect(await openBlocks()).toMatchObject([{ contactId }]);
  });
});

describe('a number left behind by somebody blocked', () => {
  it('comes back under a new account, and is let in when a person says so', async () => {
    const [phone, next] = [aPhone(), aPhone()];
    const { contactId } = await aThread(stage.deps, stage.place, { phone });
    await block(stage.deps, stage.admin, contactId);
    await receive(stage.deps, aNumberChange(stage.place, { phone }, { phone: next }));
    const stranger = { phone, bsuid: aBsuid() };
    expect(await writes(stranger)).toBeNull();
    const { id, kind, outcomes } = await theConflict();
    expect([kind, outcomes]).toEqual(['former-identity', ['apart', 'merged', 'released']]);
    await decide(id, 'released');
    expect((await writes(stranger, later()))?.contactId).not.toBe(contactId);
    expect(await writes(stranger, later())).not.toBeNull();
    expect(await writes({ phone: next }, later())).toBeNull();
  });
});

describe('deciding', () => {
  it('is for administrators, of conflicts of their own workspace, once, and by what fits', async () => {
    await aRecycledNumber();
    const { id } = await theConflict();
    const moderator = await aMember(stage.deps.db, stage.place.workspaceId, 'moderator');
    await expect(decide(id, 'apart', moderator)).rejects.toMatchObject({ code: 'forbidden' });
    const stranger = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
    await expect(decide(id, 'apart', stranger)).rejects.toMatchObject({ status: 404 });
    await expect(decide(id, 'blocked')).rejects.toMatchObject({ code: 'conflict-outcome-unfit' });
    const both = await Promise.allSettled([decide(id, 'merged'), decide(id, 'apart')]);
    expect(both.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });

  it('a merge that lifts the block is recorded as an unblock by that person', async () => {
    const { now, ownerId, oldId } = await aRecycledNumber();
    await block(stage.deps, stage.admin, oldId);
    await decide((await theConflict()).id, 'merged', stage.admin, false);
    expect(await openBlocks()).toEqual([]);
    expect(await audited('gate.contact-unblocked')).toHaveLength(1);
    expect([oldId, ownerId].sort()[0]).toBe((await writes(now, later()))?.contactId);
  });

  it('goes along when the identity is taken out by hand', async () => {
    const { stranger, contactId } = await aNewAccount();
    await writes({ phone: aPhone(), bsuid: stranger.bsuid ?? '' }, later());
    const made = await split(contactId, { phone: stranger.phone ?? '' });
    expect((await theConflict()).contact.id).toBe(made);
  });
});
