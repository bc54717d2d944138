import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { gateJobs } from '../announce-end.job.ts';
import { block, unblock } from '../testing.ts';
import { enqueueApply, enqueueCheck } from './job-names.ts';
import { setBlockList } from './set-block-list.ts';
import { aListStage } from './testing/list-stage.ts';

const stage = aListStage();

const blocked = async (contactId: string, more: object = {}) =>
  block(stage.deps, stage.world.admin, contactId, more);

describe('a block', () => {
  it('is asked of WhatsApp by a job of its transaction, and taken off again by an unblock', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    expect(await stage.world.jobsWaiting()).toEqual([
      `upstream:${stage.world.channelId}:${contactId}`,
    ]);
    expect(await stage.world.shownOf(contactId)).toMatchObject([
      { state: 'pending', triedAt: null },
    ]);
    expect(stage.world.list.calls).toEqual([]);
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(1);
    const [shown] = (await stage.world.shownOf(contactId)) ?? [];
    expect(shown).toMatchObject({ state: 'applied', code: null, channelName: 'Loja' });
    expect(Date.parse(shown?.triedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    await unblock(stage.deps, stage.world.admin, contactId);
    expect(await stage.world.shownOf(contactId)).toEqual([]);
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
    expect(await stage.world.rowsOf(contactId)).toEqual([]);
  });

  it('does what other jobs of the number wait to do, and leaves those of readings and of other numbers', async () => {
    const { deps, world } = stage;
    const other = await world.aChannel();
    const contactIds = [await world.aContact(), await world.aContact(), await world.aContact()];
    for (const contactId of contactIds) {
      await blocked(contactId);
    }
    const place = { workspaceId: world.workspaceId };
    await inTx(deps, world.admin, async ({ tx }) => {
      await enqueueApply(tx, { ...place, channelId: other });
      await enqueueCheck(tx, { ...place, channelId: world.channelId });
      await enqueueApply(
        tx,
        { ...place, channelId: world.channelId },
        { runAt: new Date('2099-01-01') },
      );
    });
    expect(await world.jobsWaiting()).toHaveLength(6);
    await world.apply();
    expect(world.list.listed.size).toBe(3);
    expect((await world.jobsWaiting()).sort()).toEqual(
      [`upstream-check:${world.channelId}`, `upstream:${other}`].sort(),
    );
  });

  it('that is rolled back asks for nothing', async () => {
    const contactId = await stage.world.aContact();
    const { blockContact } = await import('../block-contact.ts');
    const input = {
      contactId,
      reason: 'spam',
      note: null,
      expiresAt: null,
      upstream: true,
    } as const;
    await expect(
      inTx(stage.deps, stage.world.admin, async (ctx) => {
        await blockContact(ctx, input);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await stage.world.jobsWaiting()).toEqual([]);
    expect(await stage.world.rowsOf(contactId)).toEqual([]);
  });

  it('goes by the number as received, else by the id of the account, never by a parent id', async () => {
    const phone = '551187654321';
    const known = await stage.world.aContact({ phone, bsuid: 'BR.1', parentBsuid: 'BR.ENT.1' });
    const hidden = await stage.world.aContact({ bsuid: 'BR.2', parentBsuid: 'BR.ENT.2' });
    const parentOnly = await stage.world.aContact({ parentBsuid: 'BR.ENT.3' });
    for (const contactId of [known, hidden, parentOnly]) {
      await blocked(contactId);
    }
    await stage.world.apply();
    const asked = stage.world.list.calls.flatMap((call) => call.addresses);
    expect(asked).toHaveLength(2);
    expect(asked).toEqual(
      expect.arrayContaining([
        { kind: 'phone', value: phone },
        { kind: 'bsuid', value: 'BR.2' },
      ]),
    );
    expect(await stage.world.shownOf(parentOnly)).toMatchObject([{ state: 'not-supported' }]);
  });

  it('is asked on every number through which the person speaks, and on no other', async () => {
    const contactId = await stage.world.aContact();
    const second = await stage.world.aChannel();
    const third = await stage.world.aChannel();
    await stage.world.talks(contactId, second);
    await blocked(contactId);
    expect(await stage.world.jobsWaiting()).toEqual(
      [stage.world.channelId, second].map((id) => `upstream:${id}:${contactId}`).sort(),
    );
    for (const channelId of [stage.world.channelId, second, third]) {
      await stage.world.apply(channelId);
    }
    expect(stage.world.list.calls.map((call) => call.channelId)).toEqual([
      stage.world.channelId,
      second,
    ]);
    expect(await stage.world.shownOf(contactId)).toMatchObject([
      { state: 'applied' },
      { state: 'applied' },
    ]);
  });

  it('asks for a thousand people at once, and no more', async () => {
    const contacts: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      contacts.push(await stage.world.aContact());
    }
    for (const contactId of contacts) {
      await blocked(contactId);
    }
    await sql`insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
      select ${stage.world.workspaceId}::uuid, gen_random_uuid(), ${contacts[0]}::uuid, 'phone', 'phone:x' || n, 'x' || n
        from generate_series(1, 1100) n`.execute(stage.deps.db);
    await unblock(stage.deps, stage.world.admin, contacts[0] ?? '');
    await blocked(contacts[0] ?? '');
    await stage.world.apply();
    expect(stage.world.list.calls.map((call) => call.addresses.length)).toEqual([1_000, 103]);
  });

  it('ends by the clock at WhatsApp too', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId, { expiresAt: new Date(Date.now() + 300) });
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(1);
    await sleep(320);
    const run = { deps: stage.deps, log: stage.deps.log, attempt: 1 };
    const { workspaceId } = stage.world;
    await gateJobs[0]?.runUnparsed({ workspaceId, contactId }, run);
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
  });
});

describe('what is wanted', () => {
  it('an unblock while the block is on its way wins', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    stage.world.list.during(() => unblock(stage.deps, stage.world.admin, contactId));
    await stage.world.apply();
    expect(stage.world.list.calls.map((call) => call.verb)).toEqual(['block', 'unblock']);
    expect(stage.world.list.listed.size).toBe(0);
    expect(await stage.world.rowsOf(contactId)).toEqual([]);
  });

  it('a block while the removal is on its way wins', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    await stage.world.apply();
    await unblock(stage.deps, stage.world.admin, contactId);
    stage.world.list.during(() => blocked(contactId));
    await stage.world.apply();
    expect(stage.world.list.calls.map((call) => call.verb)).toEqual(['block', 'unblock', 'block']);
    expect(stage.world.list.listed.size).toBe(1);
    expect(await stage.world.rowsOf(contactId)).toMatchObject([{ state: 'applied', isDue: false }]);
  });

  it('a block that was lifted before the job ran is never asked for', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    await unblock(stage.deps, stage.world.admin, contactId);
    await stage.world.apply();
    expect(stage.world.list.calls).toEqual([]);
    expect(await stage.world.rowsOf(contactId)).toEqual([]);
  });

  it('follows the choice of whoever blocks, also when it changes', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId, { upstream: false });
    await stage.world.apply();
    expect(stage.world.list.calls).toEqual([]);
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'off' }]);
    await blocked(contactId, { upstream: true });
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(1);
    await blocked(contactId, { upstream: false });
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
  });

  it('follows the setting of the number', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    await stage.world.apply();
    await inTx(stage.deps, stage.world.admin, (ctx) =>
      setBlockList(ctx, stage.world.channelId, false),
    );
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
    expect(await stage.world.shownOf(contactId)).toMatchObject([{ state: 'off', triedAt: null }]);
    await inTx(stage.deps, stage.world.admin, (ctx) =>
      setBlockList(ctx, stage.world.channelId, true),
    );
    await stage.world.check();
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(1);
  });

  it('keeps on the list whom another block holds there under the same name', async () => {
    const phone = stage.world.aPhone();
    const before = await stage.world.aContact({ phone, bsuid: 'BR.before' });
    await blocked(before);
    await stage.world.apply();
    // The number changes hands, and whoever has it now is blocked as well.
    await sql`update contact_identity set is_former = true
      where contact_id = ${before} and kind = 'phone'`.execute(stage.deps.db);
    const now = await stage.world.aContact({ phone });
    await blocked(now);
    await stage.world.apply();
    await unblock(stage.deps, stage.world.admin, before);
    await stage.world.apply();
    expect([...stage.world.list.listed.keys()]).toEqual([phone]);
    expect(stage.world.list.calls.flatMap(({ verb }) => verb)).not.toContain('unblock');
    expect(await stage.world.rowsOf(before)).toEqual([]);
    expect(await stage.world.shownOf(now)).toMatchObject([{ state: 'applied' }]);
    // With the last of them it goes.
    await unblock(stage.deps, stage.world.admin, now);
    await stage.world.apply();
    expect(stage.world.list.listed.size).toBe(0);
    expect(await stage.world.rowsOf(now)).toEqual([]);
  });

  it('asks nothing of a number that is disconnected', async () => {
    const contactId = await stage.world.aContact();
    await blocked(contactId);
    await sql`update channel set disconnected_at = clock_timestamp() where id = ${stage.world.channelId}`.execute(
      stage.deps.db,
    );
    await stage.world.apply();
    expect(stage.world.list.calls).toEqual([]);
  });
});
