import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gateJobs } from '#features/gate/server/index.ts';
import { block, unblock } from '#features/gate/server/testing.ts';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { blockEndJobs } from './note-block-ended.job.ts';
import { aBsuid, aChannel, aPhone, aText, type Place, receive } from './testing.ts';

let deps: TestDeps;
let place: Place;
let admin: Actor;
let contactId: string;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  const workspaceId = await aWorkspace(deps.db);
  place = await aChannel(deps.db, workspaceId);
  admin = await aMember(deps.db, workspaceId);
  const phone = aPhone();
  await receive(
    deps,
    aText(place, { phone, bsuid: aBsuid() }, { content: { kind: 'text', text: 'oi' } }),
  );
  const { rows } = await sql<{ id: string }>`select contact_id as id from contact_identity
    where workspace_id = ${workspaceId} and value = ${phone}`.execute(deps.db);
  contactId = rows[0]?.id ?? '';
});

const runAll = async (): Promise<void> => {
  const payload = { workspaceId: place.workspaceId, contactId };
  const context = { deps, log: deps.log, attempt: 1 };
  await gateJobs.find((job) => job.name === 'gate.announce-end')?.runUnparsed(payload, context);
  const { rows } = await sql<{ n: number }>`with taken as (
      delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
       where t.id = j.task_id and t.identifier = 'conversations.note-block-ended' returning 1)
    select count(*)::int as n from taken`.execute(deps.db);
  for (let n = rows[0]?.n ?? 0; n > 0; n -= 1) {
    await blockEndJobs[0]?.runUnparsed(payload, context);
  }
};

const lines = async (): Promise<unknown[]> => {
  const { rows } = await sql<{ payload: unknown; by: string }>`
    select payload, author_kind as by from message
     where workspace_id = ${place.workspaceId} and kind = 'activity'`.execute(deps.db);
  return rows;
};

const end = (blockId: string) =>
  sql`update block set expires_at = started_at + interval '1 millisecond' where id = ${blockId}`.execute(
    deps.db,
  );

describe('a block that the clock ends', () => {
  it('is noted once in the conversation, without a word of the block, and written down', async () => {
    const expiresAt = new Date(Date.now() + 60_000);
    const { id } = await block(deps, admin, contactId, { expiresAt, note: 'segredo' });
    await end(id);
    await runAll();
    await runAll();
    expect(await lines()).toEqual([{ payload: { event: 'block-ended' }, by: 'system' }]);
    const { rows } = await sql<{ isOnTime: boolean; by: string }>`
      select lifted_at = expires_at as "isOnTime", lifted_by_kind as by from block where id = ${id}`.execute(
      deps.db,
    );
    expect(rows).toEqual([{ isOnTime: true, by: 'system' }]);
  });

  it('is noted also when somebody finds it ended before the job does', async () => {
    const { id } = await block(deps, admin, contactId, {
      expiresAt: new Date(Date.now() + 60_000),
    });
    await end(id);
    expect(await unblock(deps, admin, contactId)).toBeNull();
    await runAll();
    expect(await lines()).toHaveLength(1);
  });

  it('is not noted while it holds, and neither is one that a person lifts', async () => {
    await block(deps, admin, contactId, { expiresAt: new Date(Date.now() + 60_000) });
    await runAll();
    await unblock(deps, admin, contactId);
    await runAll();
    expect(await lines()).toEqual([]);
  });
});
