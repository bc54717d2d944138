import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import type { BlockDifference, BlockList } from '../../../contract.ts';
import { block } from '../../testing.ts';
import { findBlockList, listDifferences } from '../upstream-queries.ts';
import { anUpstreamWorld, type UpstreamWorld } from './upstream-world.ts';

export interface ListStage {
  /** On a database of the file's own. */
  readonly deps: TestDeps;
  /** Each test has one to itself, and no job is left from the test before. */
  readonly world: UpstreamWorld;
}

/** Call it once in a file, outside of any test; what it answers is filled before each test. */
export const aListStage = (): ListStage => {
  const stage: { -readonly [K in keyof ListStage]?: ListStage[K] } = {};
  beforeAll(async () => {
    stage.deps = await openTestDeps();
  });
  afterAll(() => stage.deps?.close());
  beforeEach(async () => {
    const { deps } = stage as ListStage;
    await sql`delete from graphile_worker._private_jobs`.execute(deps.db);
    stage.world = await anUpstreamWorld(deps);
  });
  return stage as ListStage;
};

/** What tests of readings ask and do; of the test that runs. */
export const readingsOf = (stage: ListStage) => ({
  differences: async (side: 'here' | 'there'): Promise<BlockDifference[]> => {
    const { deps, world } = stage;
    return (await listDifferences(deps.db, { ...world.place, side, limit: 50 })).items;
  },
  list: (): Promise<BlockList | undefined> => findBlockList(stage.deps.db, stage.world.place),
  /** A block whose person is on the list. */
  applied: async (): Promise<{ contactId: string; phone: string }> => {
    const { deps, world } = stage;
    const phone = world.aPhone();
    const contactId = await world.aContact({ phone });
    await block(deps, world.admin, contactId);
    await world.apply();
    return { contactId, phone };
  },
  /** So that a reading judges it: what was tried since it began is left alone. */
  longAgo: () =>
    sql`update upstream_block set tried_at = tried_at - interval '1 minute'`.execute(stage.deps.db),
  /** The reading that is under way. */
  readId: async (): Promise<string | undefined> => {
    const { rows } = await sql<{ id: string | null }>`select read_id as id from upstream_list
      where channel_id = ${stage.world.channelId}`.execute(stage.deps.db);
    return rows[0]?.id ?? undefined;
  },
});
