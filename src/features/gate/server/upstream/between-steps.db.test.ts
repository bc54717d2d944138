import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTx } from '#platform/server/in-tx.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { block, unblock } from '../testing.ts';
import { checkList } from './check-list.ts';
import { removeListed } from './decide-difference.ts';
import { anUpstreamWorld, type UpstreamWorld } from './testing/upstream-world.ts';
import { listDifferences } from './upstream-queries.ts';

let deps: TestDeps;
let world: UpstreamWorld;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  world = await anUpstreamWorld(deps);
});

const strangers = async () =>
  (await listDifferences(deps.db, { ...world.place, side: 'there', limit: 50 })).items;

const readOneStep = async (): Promise<void> => {
  const { rows } = await sql<{ id: string | null }>`select read_id as id from upstream_list
    where channel_id = ${world.channelId}`.execute(deps.db);
  const id = rows[0]?.id;
  const payload = { ...world.place, ...(id && { readId: id }) };
  await checkList(deps, world.list.port, payload, { stepMs: 0 });
};

/** Two pages: the first is read, then something happens, then the last one is, and all is settled. */
const readAround = async (phone: string, meanwhile: () => Promise<unknown>): Promise<void> => {
  world.list.pages.push(
    { kind: 'page', people: [{ phone }], next: 'c1' },
    { kind: 'page', people: [], next: null },
  );
  await readOneStep();
  await meanwhile();
  await readOneStep();
  expect(world.list.pages).toEqual([]);
};

describe('whoever a reading has found and who is taken off the list before it is settled', () => {
  it('is no stranger after an unblock', async () => {
    const phone = world.aPhone();
    const contactId = await world.aContact({ phone });
    await block(deps, world.admin, contactId);
    await world.apply();
    await readAround(phone, async () => {
      await unblock(deps, world.admin, contactId);
      await world.apply();
    });
    expect(world.list.listed.size).toBe(0);
    expect(await strangers()).toEqual([]);
  });

  it('and blocked again is not taken to be there', async () => {
    const phone = world.aPhone();
    const contactId = await world.aContact({ phone });
    await block(deps, world.admin, contactId);
    await world.apply();
    await readAround(phone, async () => {
      await unblock(deps, world.admin, contactId);
      await world.apply();
      await block(deps, world.admin, contactId);
    });
    expect(await world.shownOf(contactId)).toMatchObject([{ state: 'pending' }]);
    await world.apply();
    expect(world.list.listed.has(phone)).toBe(true);
  });

  it('is no stranger any more when a person has had them removed', async () => {
    const phone = world.aPhone();
    world.list.listed.set(phone, { phone });
    await world.check();
    const [found] = await strangers();
    await readAround(phone, async () => {
      await inTx(deps, world.admin, (ctx) => removeListed(ctx, found?.id ?? ''));
      await world.apply();
    });
    expect(await strangers()).toEqual([]);
  });
});
