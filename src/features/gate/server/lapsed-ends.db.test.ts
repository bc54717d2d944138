import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { block, moveBlockBack } from './testing.ts';
import { requestCheck } from './upstream/set-block-list.ts';
import { anUpstreamWorld, type UpstreamWorld } from './upstream/testing/upstream-world.ts';

let deps: TestDeps;
let world: UpstreamWorld;
let admin: Actor;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  await sql`delete from graphile_worker._private_jobs`.execute(deps.db);
  world = await anUpstreamWorld(deps);
  admin = await aMember(deps.db, world.workspaceId);
});

const actions = async (subjectId: string): Promise<string[]> => {
  const { rows } = await sql<{ action: string }>`select action from audit_event
    where subject_id = ${subjectId} order by at, id`.execute(deps.db);
  return rows.map(({ action }) => action);
};

it('an end that another block finds first is in the audit log and noted in the conversations', async () => {
  const contactId = await world.aContact();
  const { id } = await block(deps, admin, contactId, { expiresAt: new Date(Date.now() + 60_000) });
  await moveBlockBack(deps.db, id, 120);
  await block(deps, admin, contactId);
  expect(await actions(contactId)).toEqual([
    ...['gate.contact-blocked', 'gate.block-ended', 'gate.contact-blocked'],
  ]);
  const { rows } = await sql<{
    task: string;
  }>`select task_identifier as task from graphile_worker.jobs
    where task_identifier like '%note-block-ended%'`.execute(deps.db);
  expect(rows).toHaveLength(1);
});

it('a check that somebody asks for is in the audit log', async () => {
  await inTx(deps, admin, (ctx) => requestCheck(ctx, world.channelId));
  expect(await actions(world.channelId)).toEqual(['gate.block-list-check-asked']);
});
