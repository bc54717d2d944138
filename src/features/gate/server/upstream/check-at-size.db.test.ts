import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { anUpstreamWorld, type UpstreamWorld } from './testing/upstream-world.ts';
import { findBlockList } from './upstream-queries.ts';

const many = 20_000;
let deps: TestDeps;
let world: UpstreamWorld;
beforeAll(async () => {
  deps = await openTestDeps();
  world = await anUpstreamWorld(deps);
});
afterAll(() => deps.close());

const strangers = async () => {
  const { rows } = await sql<{ phone: string; id: string }>`select phone, id from upstream_stranger
    where channel_id = ${world.channelId} order by phone`.execute(deps.db);
  return rows;
};

it('a list with very many people who are not blocked here is settled within seconds, again and again', async () => {
  for (let n = 0; n < many; n += 1) {
    const phone = `5521${900_000_000 + n}`;
    world.list.listed.set(phone, n % 2 === 0 ? { phone } : { phone, bsuid: `BR.${n}` });
  }
  await world.check();
  const first = await strangers();
  expect(first).toHaveLength(many);
  // One of them leaves, another comes.
  world.list.listed.delete(first[0]?.phone ?? '');
  world.list.listed.set('5531900000000', { phone: '5531900000000' });
  const begun = performance.now();
  await world.check();
  // Seconds, and more on a machine that has much to do; everybody against everybody took a minute and more.
  expect(performance.now() - begun).toBeLessThan(30_000);
  const second = await strangers();
  expect(second.slice(0, -1)).toEqual(first.slice(1));
  expect(second.at(-1)?.phone).toBe('5531900000000');
  expect(await findBlockList(deps.db, world.place)).toMatchObject({
    onlyThere: many,
    listed: many,
  });
}, 180_000);
