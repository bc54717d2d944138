import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { findActiveBlock } from '../queries.ts';
import { block, unblock } from '../testing.ts';
import { adoptListed, removeListed } from './decide-difference.ts';
import { findTelling } from './listed-store.ts';
import { addListed, beginReading } from './reading-store.ts';
import { requestCheck, setBlockList } from './set-block-list.ts';
import { aListStage, readingsOf } from './testing/list-stage.ts';

const stage = aListStage();
const { differences, list, applied, longAgo } = readingsOf(stage);

describe('a whole reading', () => {
  it('of what is as it should be changes nothing', async () => {
    await applied();
    await longAgo();
    await stage.world.check();
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(1);
    expect(await list()).toMatchObject({
      isOn: true,
      isChecking: false,
      listed: 1,
      applied: 1,
      onlyHere: 0,
      onlyThere: 0,
      failure: null,
    });
    expect((await list())?.checkedAt).not.toBeNull();
  });

  it('asks again for whom somebody else took off the list', async () => {
    const { contactId, phone } = await applied();
    await longAgo();
    stage.world.list.listed.delete(phone);
    await stage.world.check();
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'pending' }]);
    stage.world.list.answers.push({
      kind: 'refused',
      why: 'waiting-for-message',
      code: 'whatsapp-131047',
    });
    await stage.world.apply();
    expect(await differences('here')).toMatchObject([
      { contactId, phone: `+${phone}`, state: 'waiting-for-message', code: 'whatsapp-131047' },
    ]);
  });

  it('finds those who came onto the list in another way, under any of their names', async () => {
    const phone = stage.world.aPhone();
    const contactId = await stage.world.aContact({ phone, bsuid: 'BR.known' });
    await block(stage.deps, stage.world.admin, contactId);
    stage.world.list.answers.push({
      kind: 'refused',
      why: 'waiting-for-message',
      code: 'whatsapp-131047',
    });
    await stage.world.apply();
    await longAgo();
    // The number is hidden from us there.
    stage.world.list.listed.set('BR.known', { bsuid: 'BR.known' });
    await stage.world.check();
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'applied', code: null }]);
    expect(await differences('there')).toEqual([]);
  });

  it('teaches names of whom we block, and asks where two accounts claim one number', async () => {
    const namesOf = async (id: string): Promise<string[]> => {
      const { rows } = await sql<{ value: string }>`select value from contact_identity
        where contact_id = ${id} order by value`.execute(stage.deps.db);
      return rows.map(({ value }) => value);
    };
    const put = (person: { phone: string; bsuid: string }) => {
      stage.world.list.listed.set(person.phone, person);
      return person;
    };
    const byNumber = put({ phone: stage.world.aPhone(), bsuid: 'BR.learnt' });
    const byAccount = put({ phone: stage.world.aPhone(), bsuid: 'BR.known-already' });
    const other = put({ phone: stage.world.aPhone(), bsuid: 'BR.another' });
    const free = put({ phone: stage.world.aPhone(), bsuid: 'BR.free' });
    const [a, b, c, d] = [
      await stage.world.aContact({ phone: byNumber.phone }),
      await stage.world.aContact({ bsuid: byAccount.bsuid }),
      await stage.world.aContact({ phone: other.phone, bsuid: 'BR.before' }),
      await stage.world.aContact({ phone: free.phone }),
    ];
    for (const id of [a, b, c]) await block(stage.deps, stage.world.admin, id);
    for (let reading = 0; reading < 2; reading += 1) await stage.world.check();
    expect(await namesOf(a)).toEqual([byNumber.phone, byNumber.bsuid]);
    expect(await namesOf(b)).toEqual([byAccount.phone, byAccount.bsuid]);
    expect(await namesOf(c)).toEqual([other.phone, 'BR.before']);
    expect(await namesOf(d)).toEqual([free.phone]);
    const { rows } =
      await sql`select kind, contact_id as id, match_key as key from identity_conflict
      where workspace_id = ${stage.world.workspaceId}`.execute(stage.deps.db);
    expect(rows).toEqual([
      { kind: 'same-number-other-account', id: c, key: `bsuid:${other.bsuid}` },
    ]);
  });

  it('asks about two accounts of one number after all that teaches something', async () => {
    const [first, second] = [stage.world.aPhone(), stage.world.aPhone()];
    const known = await stage.world.aContact({ phone: first, bsuid: 'BR.known-before' });
    for (const id of [known, await stage.world.aContact({ phone: second })]) {
      await block(stage.deps, stage.world.admin, id);
    }
    const people = [first, second].map((phone) => ({ phone, bsuid: `BR.of-${phone}` }));
    const telling = await inTx(stage.deps, stage.world.admin, async ({ tx }) => {
      const { id } = await beginReading(tx, stage.world.place, 0);
      await addListed(tx, stage.world.place, id, people, null);
      return findTelling(tx, stage.world.place, id, 2);
    });
    expect(telling.map(({ phone }) => phone)).toEqual([second, first]);
  });

  it('is under way from the moment it is asked for, once', async () => {
    const ask = () =>
      inTx(stage.deps, stage.world.admin, (ctx) => requestCheck(ctx, stage.world.channelId));
    await ask();
    await ask();
    expect(await stage.world.jobsWaiting()).toEqual([`upstream-check:${stage.world.channelId}`]);
    expect(await list()).toMatchObject({ isChecking: true, checkedAt: null });
    const { rows } = await sql<{ id: string }>`select payload->>'readId' as id
      from graphile_worker._private_jobs where key = ${`upstream-check:${stage.world.channelId}`}`.execute(
      stage.deps.db,
    );
    await stage.world.check(rows[0]?.id);
    expect(await list()).toMatchObject({ isChecking: false, listed: 0 });
  });

  it('asks for those who were blocked before there was a layer', async () => {
    const contactId = await stage.world.aContact();
    await block(stage.deps, stage.world.admin, contactId);
    await sql`delete from upstream_block`.execute(stage.deps.db);
    await stage.world.check();
    await stage.world.apply();
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'applied' }]);
  });

  it('takes off again what we put there and is not wanted any more', async () => {
    const { contactId, phone } = await applied();
    await unblock(stage.deps, stage.world.admin, contactId);
    await sql`update upstream_block set is_due = false`.execute(stage.deps.db);
    await longAgo();
    await stage.world.check();
    await stage.world.apply();
    expect(stage.world.list.listed.has(phone)).toBe(false);
    expect(await differences('there')).toEqual([]);
  });

  it('lists strangers once, knows who they are here, and forgets those who left', async () => {
    const phone = stage.world.aPhone();
    const contactId = await stage.world.aContact({ phone });
    stage.world.list.listed.set(phone, { phone });
    stage.world.list.listed.set('US.9', { bsuid: 'US.9', parentBsuid: 'US.ENT.1' });
    await stage.world.check();
    await stage.world.check();
    const found = await differences('there');
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ contactId, contactName: 'Ana', phone: `+${phone}` }),
        expect.objectContaining({ contactId: null, phone: null, userId: 'US.9' }),
      ]),
    );
    expect(await list()).toMatchObject({ onlyThere: 2 });
    stage.world.list.listed.clear();
    await stage.world.check();
    expect(await differences('there')).toEqual([]);
  });

  it('does not list whom is blocked here without the layer', async () => {
    const phone = stage.world.aPhone();
    await block(stage.deps, stage.world.admin, await stage.world.aContact({ phone }), {
      upstream: false,
    });
    stage.world.list.listed.set(phone, { phone });
    await stage.world.check();
    expect(await differences('there')).toEqual([]);
  });
});

describe('whoever is there and not here', () => {
  const aStranger = async (person: { phone?: string; bsuid?: string }): Promise<string> => {
    stage.world.list.listed.set(person.phone ?? person.bsuid ?? '', person);
    await stage.world.check();
    const [found] = await differences('there');
    return found?.id ?? '';
  };
  const input = { reason: 'spam', note: null } as const;

  it('can be taken over: a block here, which an unblock takes off there', async () => {
    const id = await aStranger({ bsuid: 'US.10' });
    const { contactId, blockId } = await inTx(stage.deps, stage.world.admin, (ctx) =>
      adoptListed(ctx, id, input),
    );
    expect(await findActiveBlock(stage.deps.db, stage.world.workspaceId, contactId)).toMatchObject({
      id: blockId,
      reason: 'spam',
      upstream: [{ state: 'applied' }],
    });
    expect(await differences('there')).toEqual([]);
    await unblock(stage.deps, stage.world.admin, contactId);
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
  });

  it('can be taken off', async () => {
    const phone = stage.world.aPhone();
    const id = await aStranger({ phone });
    await inTx(stage.deps, stage.world.admin, (ctx) => removeListed(ctx, id));
    expect(await differences('there')).toMatchObject([{ isRemoving: true }]);
    await stage.world.apply();
    expect(stage.world.list.calls).toMatchObject([
      { verb: 'unblock', addresses: [{ kind: 'phone', value: phone }] },
    ]);
    expect(stage.world.list.listed.size).toBe(0);
    expect(await differences('there')).toEqual([]);
  });

  it('stays, with the reason, when WhatsApp does not let go of it', async () => {
    const id = await aStranger({ phone: stage.world.aPhone() });
    await inTx(stage.deps, stage.world.admin, (ctx) => removeListed(ctx, id));
    stage.world.list.answers.push({ kind: 'refused', why: 'failed', code: 'whatsapp-190' });
    await stage.world.apply();
    expect(await differences('there')).toMatchObject([
      { id, isRemoving: false, code: 'whatsapp-190' },
    ]);
  });

  it('is decided by administrators of this workspace alone, and once', async () => {
    const id = await aStranger({ phone: stage.world.aPhone() });
    for (const role of ['agent', 'moderator'] as const) {
      const member = await aMember(stage.deps.db, stage.world.workspaceId, role);
      const forbidden = { code: 'forbidden' };
      await expect(
        inTx(stage.deps, member, (ctx) => adoptListed(ctx, id, input)),
      ).rejects.toMatchObject(forbidden);
      await expect(inTx(stage.deps, member, (ctx) => removeListed(ctx, id))).rejects.toMatchObject(
        forbidden,
      );
      await expect(
        inTx(stage.deps, member, (ctx) => setBlockList(ctx, stage.world.channelId, false)),
      ).rejects.toMatchObject(forbidden);
      await expect(
        inTx(stage.deps, member, (ctx) => requestCheck(ctx, stage.world.channelId)),
      ).rejects.toMatchObject(forbidden);
    }
    const other = await aMember(stage.deps.db, await aWorkspace(stage.deps.db));
    const gone = { code: 'block-difference-not-found', status: 404 };
    await expect(
      inTx(stage.deps, other, (ctx) => adoptListed(ctx, id, input)),
    ).rejects.toMatchObject(gone);
    await inTx(stage.deps, stage.world.admin, (ctx) => adoptListed(ctx, id, input));
    await expect(
      inTx(stage.deps, stage.world.admin, (ctx) => removeListed(ctx, id)),
    ).rejects.toMatchObject(gone);
  });
});
