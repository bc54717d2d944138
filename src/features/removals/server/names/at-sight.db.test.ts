import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { findContact } from '#features/contacts/server/index.ts';
import { aText, receive } from '#features/conversations/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { decideNameRemovalSchema, mostAskedPerHour } from '../../contract.ts';
import { decisionReasonSchema } from '../../reasons/contract.ts';
import type { BlockWish } from '../decide-request.ts';
import { aRemovalsStage, outcomes, removalsOn } from '../testing/removals-stage.ts';
import { askForName } from './ask-name.ts';
import { decideName } from './decide-name.ts';
import { removeNameAtSight } from './remove-name-at-sight.ts';

const stage = aRemovalsStage();
const { sees, auditOf, texts } = removalsOn(stage);

let contactId: string;
beforeEach(async () => {
  const names = { profileName: 'Insulto Terrível' };
  await receive(stage.deps, aText(stage.place, { phone: stage.phone }, { names }));
  const { rows } = await sql<{ id: string }>`select id from contact
    where workspace_id = ${stage.place.workspaceId}`.execute(stage.deps.db);
  contactId = rows[0]?.id ?? '';
});

const removes = (by: Actor, block?: BlockWish) =>
  inTx(stage.deps, by, (ctx) =>
    removeNameAtSight(ctx, { contactId, reason: 'offense', note: 'vi', block }),
  );
const asks = (by: Actor) =>
  inTx(stage.deps, by, (ctx) => askForName(ctx, { contactId, reason: 'fraud', note: null }));
const withheldName = async () =>
  (await findContact(stage.deps.db, stage.place.workspaceId, contactId))?.nameWithheld;

describe('a name that is removed at sight', () => {
  it('is gone at once, with a request that is decided and a record of both', async () => {
    const { requestId } = await removes(stage.diego);
    expect(await sees(stage.bruna, requestId)).toMatchObject({
      ...{ number: 1, state: 'removing', isAtSight: true, items: [], contactId },
      askers: [{ id: stage.diego.id, reason: 'offense', note: 'vi' }],
      name: { state: 'removed', decidedBy: { id: stage.diego.id }, decidedFor: 'offense' },
    });
    expect(await withheldName()).toBe('removed');
    const acts = ['removals.name-opened-at-sight', 'removals.name-removed'];
    expect(await auditOf()).toEqual(acts);
    expect(await outcomes(removes(stage.diego))).toEqual(['name-not-removable']);
  });

  it('decides what somebody has asked for', async () => {
    const id = await asks(stage.larissa);
    expect((await removes(stage.diego)).requestId).toBe(id);
    expect(await sees(stage.larissa, id)).toMatchObject({
      ...{ state: 'removing', isAtSight: false, name: { state: 'removed' } },
    });
    expect((await sees(stage.bruna, id)).askers.map((one) => one.id)).toEqual([
      stage.larissa.id,
      stage.diego.id,
    ]);
  });

  it('is for whoever reviews, and the block of the same step for administrators', async () => {
    const block = { reason: 'offense', upstream: true } as const;
    expect(await outcomes(removes(stage.larissa), removes(stage.diego, block))).toEqual([
      'forbidden',
      'forbidden',
    ]);
    expect(await withheldName()).toBeNull();
    expect((await removes(stage.admin, block)).blockedContactId).toBe(contactId);
    const contact = await findContact(stage.deps.db, stage.place.workspaceId, contactId);
    expect(contact).toMatchObject({ isBlocked: true, nameWithheld: 'removed' });
  });

  it('is the first word where two must say so, and counts for the hour then alone', async () => {
    const ids = await texts(mostAskedPerHour);
    await removalsOn(stage).asks(stage.diego, ids);
    await removes(stage.diego);
    await sql`insert into removal_setting (workspace_id, decide_within_hours, two_person_reasons)
      values (${stage.place.workspaceId}, 24, '{offense}')`.execute(stage.deps.db);
    const names = { profileName: 'Outro Insulto' };
    const other = { phone: `${stage.phone.slice(0, -4)}4321` };
    await receive(stage.deps, aText(stage.place, other, { names }));
    const { rows } = await sql<{ id: string }>`select id from contact
      where workspace_id = ${stage.place.workspaceId} and profile_name = 'Outro Insulto'`.execute(
      stage.deps.db,
    );
    contactId = rows[0]?.id ?? '';
    expect(await outcomes(removes(stage.diego))).toEqual(['too-many-removal-requests']);
    const { requestId } = await removes(stage.bruna);
    expect(await sees(stage.admin, requestId)).toMatchObject({
      ...{ state: 'in-review', needsTwo: true },
      name: { state: 'open', proposedBy: { id: stage.bruna.id } },
    });
    expect(await withheldName()).toBe('covered');
    await removes(stage.admin);
    expect(await withheldName()).toBe('removed');
  });
});

describe('a name that is asked for and kept', () => {
  it('is kept for every reason the API takes; none of them is the repeat guard’s', async () => {
    const taken = decisionReasonSchema.options.filter(
      (reason) => decideNameRemovalSchema.safeParse({ decision: 'keep', reason }).success,
    );
    expect(taken.toSorted()).toEqual(['by-mistake', 'needed', 'no-breach', 'other']);
    for (const reason of taken) {
      const id = await asks(stage.larissa);
      await inTx(stage.deps, stage.diego, (ctx) =>
        decideName(ctx, id, { decision: 'keep', reason, answer: null }),
      );
      expect((await sees(stage.diego, id)).name).toMatchObject({
        state: 'kept',
        decidedFor: reason,
      });
    }
  });
});
