import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { findActiveBlock } from '../queries.ts';
import { block, healUpstream, unblock } from '../testing.ts';
import { adoptListed, removeListed } from './decide-difference.ts';
import { aListStage, readingsOf } from './testing/list-stage.ts';

const stage = aListStage();
const { differences, list } = readingsOf(stage);

const there = () => differences('there');
/** @returns the difference that a reading makes of somebody on the list */
const aStranger = async (person: { phone?: string; bsuid?: string }): Promise<string> => {
  stage.world.list.listed.set(person.phone ?? person.bsuid ?? '', person);
  await stage.world.check();
  return (await there())[0]?.id ?? '';
};
const adopt = (id: string) =>
  inTx(stage.deps, stage.world.admin, (ctx) =>
    adoptListed(ctx, id, { reason: 'spam', note: null }),
  );
const remove = (id: string) => inTx(stage.deps, stage.world.admin, (ctx) => removeListed(ctx, id));
const namesOf = async (contactId: string): Promise<string[]> => {
  const { rows } = await sql<{ value: string }>`select value from contact_identity
    where contact_id = ${contactId} and not is_former order by value`.execute(stage.deps.db);
  return rows.map(({ value }) => value);
};
const conflicts = async () => {
  const { rows } = await sql`select kind, contact_id as "contactId", other_contact_id as "otherId"
    from identity_conflict where workspace_id = ${stage.world.workspaceId}`.execute(stage.deps.db);
  return rows;
};
const activeOf = (contactId: string) =>
  findActiveBlock(stage.deps.db, stage.world.workspaceId, contactId);

describe('whoever is taken over from the list under a number and an account', () => {
  it('has both from then on, and is asked for elsewhere', async () => {
    const phone = stage.world.aPhone();
    const contactId = await stage.world.aContact({ phone });
    const second = await stage.world.aChannel();
    await stage.world.talks(contactId, second);
    const id = await aStranger({ phone, bsuid: 'BR.both' });
    expect(await adopt(id)).toMatchObject({ contactId, alsoBlocked: [] });
    expect(await namesOf(contactId)).toEqual([phone, 'BR.both']);
    expect(await activeOf(contactId)).toMatchObject({ reason: 'spam' });
    await healUpstream(stage.deps);
    await stage.world.apply(second);
    expect(stage.world.list.calls).toMatchObject([
      { channelId: second, addresses: [{ value: phone }] },
    ]);
    expect(await conflicts()).toEqual([]);
  });

  it('known by the account alone, has the number too', async () => {
    const phone = stage.world.aPhone();
    const contactId = await stage.world.aContact({ bsuid: 'BR.alone' });
    expect(await adopt(await aStranger({ phone, bsuid: 'BR.alone' }))).toMatchObject({ contactId });
    expect(await namesOf(contactId)).toEqual([phone, 'BR.alone']);
  });

  it('is blocked with the note and the end that are given', async () => {
    const id = await aStranger({ phone: stage.world.aPhone() });
    const expiresAt = new Date(Date.now() + 86_400_000);
    const given = { reason: 'fraud', note: 'boleto falso', expiresAt } as const;
    const { contactId } = await inTx(stage.deps, stage.world.admin, (ctx) =>
      adoptListed(ctx, id, given),
    );
    expect(await activeOf(contactId)).toMatchObject({
      ...given,
      expiresAt: expiresAt.toISOString(),
    });
  });

  it('is blocked twice where they are two contacts, for a person to say who is who', async () => {
    const phone = stage.world.aPhone();
    const byPhone = await stage.world.aContact({ phone });
    const byAccount = await stage.world.aContact({ bsuid: 'BR.two' });
    const answer = await adopt(await aStranger({ phone, bsuid: 'BR.two' }));
    expect(answer).toMatchObject({ contactId: byAccount, alsoBlocked: [byPhone] });
    expect(await activeOf(byPhone)).toMatchObject({ reason: 'spam' });
    expect(await activeOf(byAccount)).toMatchObject({ reason: 'spam' });
    expect(await conflicts()).toEqual([
      { kind: 'same-number-other-account', contactId: byPhone, otherId: byAccount },
    ]);
  });

  it('and whose number has had another account: both accounts are blocked', async () => {
    const phone = stage.world.aPhone();
    const before = await stage.world.aContact({ phone, bsuid: 'BR.before' });
    const { contactId, alsoBlocked } = await adopt(await aStranger({ phone, bsuid: 'BR.after' }));
    expect(alsoBlocked).toEqual([before]);
    expect(await namesOf(contactId)).toEqual(['BR.after']);
    expect(await namesOf(before)).toEqual([phone, 'BR.before']);
    expect(await activeOf(contactId)).toMatchObject({ reason: 'spam' });
    expect(await conflicts()).toEqual([
      { kind: 'same-number-other-account', contactId: before, otherId: contactId },
    ]);
  });
});

describe('whoever is blocked here since the list was read', () => {
  const expiresAt = new Date(Date.now() + 86_400_000);
  const known = { reason: 'fraud', note: 'boleto falso', expiresAt } as const;
  /** Nobody when the list was read; somebody else by the ninth digit than the list spells. */
  const aBlockSince = async (id?: string) => {
    const stranger = id ?? (await aStranger({ phone: '551187654321' }));
    const contactId = await stage.world.aContact({ phone: '5511987654321' });
    await block(stage.deps, stage.world.admin, contactId, known);
    return { stranger, contactId };
  };

  it('is no difference any more', async () => {
    await aBlockSince();
    expect(await there()).toEqual([]);
    expect(await list()).toMatchObject({ onlyThere: 0 });
  });

  it('keeps that block when somebody takes them over', async () => {
    const { stranger, contactId } = await aBlockSince();
    await adopt(stranger);
    expect(await activeOf(contactId)).toMatchObject({
      ...known,
      expiresAt: expiresAt.toISOString(),
      upstream: [{ state: 'applied' }],
    });
  });

  it('is not taken off the list, though that was asked for before', async () => {
    const asked = await aStranger({ phone: '551187654321' });
    await remove(asked);
    const { contactId } = await aBlockSince(asked);
    const gone = { code: 'block-difference-not-found', status: 404 };
    await expect(remove(asked)).rejects.toMatchObject(gone);
    await stage.world.apply();
    expect(stage.world.list.calls.map(({ verb }) => verb)).toEqual(['block']);
    await unblock(stage.deps, stage.world.admin, contactId);
    expect(await there()).toMatchObject([{ id: asked, contactId, isRemoving: false }]);
  });
});

describe('the audit log', () => {
  const last = async () => {
    const { rows } =
      await sql`select action, subject_kind as kind, subject_id as id, masked_number as masked,
        details from audit_event where workspace_id = ${stage.world.workspaceId} order by at desc, id desc limit 1`.execute(
        stage.deps.db,
      );
    return rows[0];
  };

  it('tells who was taken off the list, known here or not', async () => {
    const phone = stage.world.aPhone();
    const contactId = await stage.world.aContact({ phone });
    const details = { channelId: stage.world.channelId };
    await remove(await aStranger({ phone }));
    const masked = `+55 11 ••••-${phone.slice(-4)}`;
    const action = 'gate.removal-from-block-list-asked';
    expect(await last()).toEqual({ action, kind: 'contact', id: contactId, masked, details });
    stage.world.list.listed.clear();
    const id = await aStranger({ bsuid: 'US.20031234567890' });
    await remove(id);
    const unknown = { kind: 'block-difference', id, masked: 'US.••••7890' };
    expect(await last()).toEqual({ action, ...unknown, details });
  });

  it('tells that a block came of the list', async () => {
    const { contactId } = await adopt(await aStranger({ phone: stage.world.aPhone() }));
    expect(await last()).toMatchObject({
      action: 'gate.contact-blocked',
      id: contactId,
      details: { isAdopted: true, channelId: stage.world.channelId },
    });
  });
});
