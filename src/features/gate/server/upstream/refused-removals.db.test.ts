import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { block, unblock } from '../testing.ts';
import { setBlockList } from './set-block-list.ts';
import { findStillListed } from './still-listed-queries.ts';
import { aListStage } from './testing/list-stage.ts';

const stage = aListStage();

describe('a removal whose whole request is refused', () => {
  const ofAll = [
    ['a token that has expired', 'whatsapp-190'],
    ['a page of something in between', 'whatsapp-http-403'],
    ['a number that was disconnected meanwhile', 'channel-not-connected'],
  ] as const;
  const refuse = (code: string) =>
    stage.world.list.answers.push({ kind: 'refused', why: 'failed', code, isWhole: true });
  const strangers = async () =>
    (
      await sql`select 1 from upstream_stranger where channel_id = ${stage.world.channelId}`.execute(
        stage.deps.db,
      )
    ).rows;
  const applied = async (): Promise<string> => {
    const contactId = await stage.world.aContact();
    await block(stage.deps, stage.world.admin, contactId);
    await stage.world.apply();
    return contactId;
  };
  const setTo = (isOn: boolean) =>
    inTx(stage.deps, stage.world.admin, (ctx) => setBlockList(ctx, stage.world.channelId, isOn));

  it.each(ofAll)('is asked for again when the list is read: %s', async (_name, code) => {
    const contactId = await applied();
    await unblock(stage.deps, stage.world.admin, contactId);
    refuse(code);
    await stage.world.apply();
    expect(await strangers()).toEqual([]);
    expect(stage.world.list.calls).toHaveLength(2);
    expect(await findStillListed(stage.deps.db, stage.world.workspaceId, contactId)).toMatchObject([
      { isRemoving: true },
    ]);
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(2);
    await sql`update upstream_block set tried_at = tried_at - interval '1 minute'`.execute(
      stage.deps.db,
    );
    await stage.world.check();
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
    expect(await stage.world.rowsOf(contactId)).toEqual([]);
  });

  it.each(ofAll)('nor is it given up where the layer is off: %s', async (_name, code) => {
    const contactId = await applied();
    await setTo(false);
    refuse(code);
    await stage.world.apply();
    expect(await strangers()).toEqual([]);
    expect(stage.world.list.calls).toHaveLength(2);
    // The number rests, and is tried again by itself.
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(2);
    expect(await stage.world.jobsWaiting()).toContain(`upstream:${stage.world.channelId}`);
    // As where its token was changed, or it was connected again.
    await stage.world.check();
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
    expect(await stage.world.rowsOf(contactId)).toEqual([]);
  });

  it('and on again, the rest is no longer in the way', async () => {
    const contactId = await applied();
    await setTo(false);
    refuse('whatsapp-190');
    await stage.world.apply();
    await setTo(true);
    const other = await stage.world.aContact();
    await block(stage.deps, stage.world.admin, other);
    await stage.world.apply();
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'applied' }]);
    expect(await stage.world.shownOf(other)).toMatchObject([{ state: 'applied' }]);
  });

  it('and a block that was refused so says so, and is asked for again with it', async () => {
    const contactId = await stage.world.aContact();
    await block(stage.deps, stage.world.admin, contactId);
    refuse('whatsapp-190');
    await stage.world.apply();
    expect(await stage.world.shownOf(contactId)).toMatchObject([
      { state: 'failed', code: 'whatsapp-190' },
    ]);
    await sql`update upstream_block set tried_at = tried_at - interval '1 minute'`.execute(
      stage.deps.db,
    );
    await stage.world.check();
    await stage.world.apply();
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'applied' }]);
  });

  it('nor one that went unanswered where the layer is off: it is tried again after a rest', async () => {
    const contactId = await applied();
    await setTo(false);
    stage.world.list.answers.push(
      ...Array.from({ length: 8 }, () => ({ kind: 'unknown' }) as const),
    );
    await stage.world.apply();
    expect(stage.world.list.calls).toHaveLength(9);
    expect(await stage.world.rowsOf(contactId)).toMatchObject([{ isListed: true }]);
    await sql`update upstream_list set rest_until = rest_until - interval '1 hour'`.execute(
      stage.deps.db,
    );
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
  });
});
