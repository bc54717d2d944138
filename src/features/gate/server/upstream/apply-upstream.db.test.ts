import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { gateJobs } from '../announce-end.job.ts';
import { block, unblock } from '../testing.ts';
import { enqueueApply, enqueueCheck } from './job-names.ts';
import { setBlockList } from './set-block-list.ts';
import { anUpstreamWorld, type UpstreamWorld } from './testing/upstream-world.ts';

let deps: TestDeps;
let world: UpstreamWorld;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  await sql`delete from graphile_worker._private_jobs`.execute(deps.db);
  world = await anUpstreamWorld(deps);
});

const blocked = async (contactId: string, more: object = {}) =>
  block(deps, world.admin, contactId, more);

describe('a block', () => {
  it('is asked of WhatsApp by a job of its transaction, and taken off again by an unblock', async () => {
    const contactId = await world.aContact();
    await blocked(contactId);
    expect(await world.jobsWaiting()).toEqual([`upstream:${world.channelId}:${contactId}`]);
    expect(await world.shownOf(contactId)).toMatchObject([{ state: 'pending', triedAt: null }]);
    expect(world.list.calls).toEqual([]);
    await world.apply();
    expect(world.list.listed.size).toBe(1);
    const [shown] = (await world.shownOf(contactId)) ?? [];
    expect(shown).toMatchObject({ state: 'applied', code: null, channelName: 'Loja' });
    expect(Date.parse(shown?.triedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    await unblock(deps, world.admin, contactId);
    expect(await world.shownOf(contactId)).toEqual([]);
    await world.apply();
    expect(world.list.listed.size).toBe(0);
    expect(await world.rowsOf(contactId)).toEqual([]);
  });

  it('does what other jobs of the number wait to do, and leaves those of readings and of other numbers', async () => {
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
    const contactId = await world.aContact();
    const { blockContact } = await import('../block-contact.ts');
    const input = {
      contactId,
      reason: 'spam',
      note: null,
      expiresAt: null,
      upstream: true,
    } as const;
    await expect(
      inTx(deps, world.admin, async (ctx) => {
        await blockContact(ctx, input);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await world.jobsWaiting()).toEqual([]);
    expect(await world.rowsOf(contactId)).toEqual([]);
  });

  it('goes by the number as received, else by the id of the account, never by a parent id', async () => {
    const phone = '551187654321';
    const known = await world.aContact({ phone, bsuid: 'BR.1', parentBsuid: 'BR.ENT.1' });
    const hidden = await world.aContact({ bsuid: 'BR.2', parentBsuid: 'BR.ENT.2' });
    const parentOnly = await world.aContact({ parentBsuid: 'BR.ENT.3' });
    for (const contactId of [known, hidden, parentOnly]) {
      await blocked(contactId);
    }
    await world.apply();
    const asked = world.list.calls.flatMap((call) => call.addresses);
    expect(asked).toHaveLength(2);
    expect(asked).toEqual(
      expect.arrayContaining([
        { kind: 'phone', value: phone },
        { kind: 'bsuid', value: 'BR.2' },
      ]),
    );
    expect(await world.shownOf(parentOnly)).toMatchObject([{ state: 'not-supported' }]);
  });

  it('is asked on every number through which the person speaks, and on no other', async () => {
    const contactId = await world.aContact();
    const second = await world.aChannel();
    const third = await world.aChannel();
    await world.talks(contactId, second);
    await blocked(contactId);
    expect(await world.jobsWaiting()).toEqual(
      [world.channelId, second].map((id) => `upstream:${id}:${contactId}`).sort(),
    );
    for (const channelId of [world.channelId, second, third]) {
      await world.apply(channelId);
    }
    expect(world.list.calls.map((call) => call.channelId)).toEqual([world.channelId, second]);
    expect(await world.shownOf(contactId)).toMatchObject([
      { state: 'applied' },
      { state: 'applied' },
    ]);
  });

  it('asks for a thousand people at once, and no more', async () => {
    const contacts: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      contacts.push(await world.aContact());
    }
    for (const contactId of contacts) {
      await blocked(contactId);
    }
    await sql`insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value)
      select ${world.workspaceId}::uuid, gen_random_uuid(), ${contacts[0]}::uuid, 'phone', 'phone:x' || n, 'x' || n
        from generate_series(1, 1100) n`.execute(deps.db);
    await unblock(deps, world.admin, contacts[0] ?? '');
    await blocked(contacts[0] ?? '');
    await world.apply();
    expect(world.list.calls.map((call) => call.addresses.length)).toEqual([1_000, 103]);
  });

  it('ends by the clock at WhatsApp too', async () => {
    const contactId = await world.aContact();
    await blocked(contactId, { expiresAt: new Date(Date.now() + 300) });
    await world.apply();
    expect(world.list.listed.size).toBe(1);
    await sleep(320);
    const run = { deps, log: deps.log, attempt: 1 };
    const { workspaceId } = world;
    await gateJobs[0]?.runUnparsed({ workspaceId, contactId }, run);
    await world.apply();
    expect(world.list.listed.size).toBe(0);
  });
});

describe('what is wanted', () => {
  it('an unblock while the block is on its way wins', async () => {
    const contactId = await world.aContact();
    await blocked(contactId);
    world.list.during(() => unblock(deps, world.admin, contactId));
    await world.apply();
    expect(world.list.calls.map((call) => call.verb)).toEqual(['block', 'unblock']);
    expect(world.list.listed.size).toBe(0);
    expect(await world.rowsOf(contactId)).toEqual([]);
  });

  it('a block while the removal is on its way wins', async () => {
    const contactId = await world.aContact();
    await blocked(contactId);
    await world.apply();
    await unblock(deps, world.admin, contactId);
    world.list.during(() => blocked(contactId));
    await world.apply();
    expect(world.list.calls.map((call) => call.verb)).toEqual(['block', 'unblock', 'block']);
    expect(world.list.listed.size).toBe(1);
    expect(await world.rowsOf(contactId)).toMatchObject([{ state: 'applied', isDue: false }]);
  });

  it('a block that was lifted before the job ran is never asked for', async () => {
    const contactId = await world.aContact();
    await blocked(contactId);
    await unblock(deps, world.admin, contactId);
    await world.apply();
    expect(world.list.calls).toEqual([]);
    expect(await world.rowsOf(contactId)).toEqual([]);
  });

  it('follows the choice of whoever blocks, also when it changes', async () => {
    const contactId = await world.aContact();
    await blocked(contactId, { upstream: false });
    await world.apply();
    expect(world.list.calls).toEqual([]);
    expect(await world.shownOf(contactId)).toMatchObject([{ state: 'off' }]);
    await blocked(contactId, { upstream: true });
    await world.apply();
    expect(world.list.listed.size).toBe(1);
    await blocked(contactId, { upstream: false });
    await world.apply();
    expect(world.list.listed.size).toBe(0);
  });

  it('follows the setting of the number', async () => {
    const contactId = await world.aContact();
    await blocked(contactId);
    await world.apply();
    await inTx(deps, world.admin, (ctx) => setBlockList(ctx, world.channelId, false));
    await world.apply();
    expect(world.list.listed.size).toBe(0);
    expect(await world.shownOf(contactId)).toMatchObject([{ state: 'off', triedAt: null }]);
    await inTx(deps, world.admin, (ctx) => setBlockList(ctx, world.channelId, true));
    await world.check();
    await world.apply();
    expect(world.list.listed.size).toBe(1);
  });

  it('asks nothing of a number that is disconnected', async () => {
    const contactId = await world.aContact();
    await blocked(contactId);
    await sql`update channel set disconnected_at = clock_timestamp() where id = ${world.channelId}`.execute(
      deps.db,
    );
    await world.apply();
    expect(world.list.calls).toEqual([]);
  });
});
