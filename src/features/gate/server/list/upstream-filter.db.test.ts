import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { block } from '../testing.ts';
import { anUpstreamWorld } from '../upstream/testing/upstream-world.ts';
import { type BlockListQuery, listBlocks } from './list-queries.ts';

let deps: TestDeps;
let workspaceId: string;
let admin: Actor;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

const list = async (query: Partial<BlockListQuery> = {}): Promise<string[]> =>
  (await listBlocks(deps.db, workspaceId, { limit: 50, ...query })).items.map(
    (one) => one.contactId,
  );

describe('the state at WhatsApp', () => {
  const shown = async (id: string) =>
    (await listBlocks(deps.db, workspaceId, { contactId: id, limit: 1 })).items[0]?.upstream.map(
      ({ state }) => state,
    );

  it('is found as it is shown when the layer of a number is off', async () => {
    const world = await anUpstreamWorld(deps);
    ({ workspaceId, admin } = world);
    const { channelId } = world;
    const waiting = await world.aContact();
    world.list.answers.push({
      ...{ kind: 'refused', why: 'waiting-for-message', code: 'whatsapp-131047' },
    });
    await block(deps, admin, waiting);
    await world.apply();
    await sql`update channel set upstream_blocks = false where id = ${channelId}`.execute(deps.db);
    expect(await shown(waiting)).toEqual(['off']);
    for (const where of [{}, { channelId }]) {
      expect(await list({ upstream: 'waiting-for-message', ...where })).toEqual([]);
      expect(await list({ upstream: 'off', ...where })).toEqual([waiting]);
    }
  });

  it('of the only number is that of all numbers, also once there is another one', async () => {
    const world = await anUpstreamWorld(deps);
    ({ workspaceId, admin } = world);
    const { channelId } = world;
    const [failed, waiting, applied] = [
      await world.aContact(),
      await world.aContact(),
      await world.aContact(),
    ];
    for (const [contact, why] of [
      [failed, 'failed'],
      [waiting, 'waiting-for-message'],
    ] as const) {
      world.list.answers.push({ kind: 'refused', why, code: 'whatsapp-1' });
      await block(deps, admin, contact);
      await world.apply();
    }
    await block(deps, admin, applied);
    await world.apply();
    const lists = () =>
      Promise.all(
        (['failed', 'waiting-for-message', 'applied', 'list-full'] as const).map((upstream) =>
          list({ channelId, upstream }),
        ),
      );
    const expected = [[failed], [waiting], [applied], []];
    expect(await lists()).toEqual(expected);
    await world.aChannel();
    expect(await lists()).toEqual(expected);
  });

  it('of a number that is disconnected is not shown and not found', async () => {
    const world = await anUpstreamWorld(deps);
    ({ workspaceId, admin } = world);
    const second = await world.aChannel();
    const one = await world.aContact();
    await world.talks(one, second);
    world.list.answers.push({ kind: 'refused', why: 'failed', code: 'whatsapp-1' });
    await block(deps, admin, one);
    await world.apply();
    await world.apply(second);
    expect(await list({ upstream: 'failed' })).toEqual([one]);
    await sql`update channel set disconnected_at = now() where id = ${world.channelId}`.execute(
      deps.db,
    );
    expect(await shown(one)).toEqual(['applied']);
    expect(await list({ upstream: 'failed' })).toEqual([]);
    expect(await list({ upstream: 'applied' })).toEqual([one]);
    expect(await list({ channelId: world.channelId, upstream: 'failed' })).toEqual([]);
    expect(await list({ channelId: second, upstream: 'applied' })).toEqual([one]);
  });

  it('is not-supported for whoever has no address, and off for whoever was to be left out', async () => {
    const world = await anUpstreamWorld(deps);
    ({ workspaceId, admin } = world);
    const { channelId } = world;
    const nameless = await world.aContact({ parentBsuid: 'BR.ENT.84320917553102' });
    const unwanted = await world.aContact();
    await block(deps, admin, nameless);
    await block(deps, admin, unwanted, { upstream: false });
    await world.apply();
    expect([await shown(nameless), await shown(unwanted)]).toEqual([['not-supported'], ['off']]);
    for (const where of [{}, { channelId }]) {
      expect(await list({ upstream: 'not-supported', ...where })).toEqual([nameless]);
      expect(await list({ upstream: 'off', ...where })).toEqual([unwanted]);
    }
    const elsewhere = { channelId: await world.aChannel() };
    expect(await list({ upstream: 'not-supported', ...elsewhere })).toEqual([]);
    expect(await list({ upstream: 'off', ...elsewhere })).toEqual([]);
  });
});
