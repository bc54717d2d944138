import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { aChannel, type Place } from '../testing.ts';

export interface Stage {
  /** On a database of the file's own. */
  readonly deps: TestDeps;
  /** The only channel of a workspace that each test has to itself. */
  readonly place: Place;
  readonly admin: Actor;
  readonly agent: Actor;
}

/** Call it once in a file, outside of any test; what it answers is filled before each test. */
export const aStage = (): Stage => {
  const stage: { -readonly [K in keyof Stage]?: Stage[K] } = {};
  beforeAll(async () => {
    stage.deps = await openTestDeps();
  });
  afterAll(() => stage.deps?.close());
  beforeEach(async () => {
    const { deps } = stage as Stage;
    const workspaceId = await aWorkspace(deps.db);
    stage.place = await aChannel(deps.db, workspaceId);
    stage.admin = await aMember(deps.db, workspaceId);
    stage.agent = await aMember(deps.db, workspaceId, 'agent');
  });
  return stage as Stage;
};

/** The same, where neither a job nor anything to ask WhatsApp's own list for is left from the test before. */
export const anUpstreamStage = (): Stage => {
  const stage = aStage();
  beforeEach(async () => {
    await sql`delete from graphile_worker._private_jobs`.execute(stage.deps.db);
    await sql`delete from upstream_heal`.execute(stage.deps.db);
  });
  return stage;
};

/** The contact to whom a number or an account belongs. */
export const holderOf = async ({ deps, place }: Stage, value: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select contact_id as id from contact_identity
    where workspace_id = ${place.workspaceId} and value = ${value}`.execute(deps.db);
  return rows[0]?.id ?? '';
};

/** Of this file's database: who waits for a lock now. */
export const countWaiting = async ({ deps }: Stage): Promise<number> => {
  const { rows } = await sql`select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(deps.db);
  return rows.length;
};
