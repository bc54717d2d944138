import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { mergeBlocks } from '../extend-block.ts';
import { findActiveBlock } from '../queries.ts';
import { block } from '../testing.ts';
import { bringUp } from './bring-up-request.ts';
import { changeRequestSettings } from './change-settings.ts';
import { countBlockRequests, findBlockRequest } from './request-queries.ts';
import { aContact, ask, refuse } from './testing/askers.ts';
import { anAskersStage } from './testing/askers-stage.ts';

const here = anAskersStage();

describe('a merge', () => {
  const merge = (keepId: string, otherId: string) =>
    inTx(here.deps, systemActor(here.workspaceId), (ctx) => mergeBlocks(ctx, keepId, otherId));

  it('joins two open requests', async () => {
    const otherId = await aContact(here.deps, here.workspaceId);
    const kept = await ask(here.deps, here.larissa, here.contactId);
    const joined = await ask(here.deps, here.diego, otherId);
    await sql`insert into webhook_endpoint (workspace_id, id, url, event_types, secret)
      values (${here.workspaceId}, gen_random_uuid(), 'https://hooks.example/', '{block.request-decided}', 'x')`.execute(
      here.deps.db,
    );
    await merge(here.contactId, otherId);
    expect(await findBlockRequest(here.deps.db, here.admin, joined.id)).toBeUndefined();
    // Both who reads the log and who listens learn where it went.
    const ends = { requestId: joined.id, joinedRequestId: kept.id };
    const logged = await sql`select subject_id as id, details from audit_event
      where workspace_id = ${here.workspaceId} and action = 'gate.block-requests-merged'`.execute(
      here.deps.db,
    );
    expect(logged.rows).toEqual([{ id: here.contactId, details: ends }]);
    const told = await sql`select data from webhook_event
      where workspace_id = ${here.workspaceId}`.execute(here.deps.db);
    expect(told.rows).toMatchObject([
      { data: { ...ends, decision: 'joined', blockId: null, contact: { id: here.contactId } } },
    ]);
    expect(await findBlockRequest(here.deps.db, here.admin, kept.id)).toMatchObject({
      state: 'open',
      askers: [{ id: here.larissa.id }, { id: here.diego.id }],
    });
  });

  it('with a blocked contact approves what was asked', async () => {
    const otherId = await aContact(here.deps, here.workspaceId);
    const { id } = await ask(here.deps, here.larissa, otherId);
    await block(here.deps, here.admin, here.contactId);
    await merge(here.contactId, otherId);
    const active = await findActiveBlock(here.deps.db, here.workspaceId, here.contactId);
    expect(await findBlockRequest(here.deps.db, here.admin, id)).toMatchObject({
      contactId: here.contactId,
      state: 'approved',
      blockId: active?.id,
      decidedBy: null,
    });
  });
});

describe('a request that nobody answers', () => {
  const jobsOf = async (id: string) => {
    const { rows } = await sql<{ inHours: number }>`
      select extract(epoch from run_at - clock_timestamp()) / 3600 as "inHours" from graphile_worker.jobs
       where key = ${`block-request:${id}`}`.execute(here.deps.db);
    return rows.map(({ inHours }) => Math.round(Number(inHours)));
  };
  const makeDue = (id: string) =>
    sql`update block_request set due_at = clock_timestamp() - interval '1 second' where id = ${id}`.execute(
      here.deps.db,
    );
  const run = (id: string) =>
    inTx(here.deps, systemActor(here.workspaceId), (ctx) => bringUp(ctx, id));

  it('is brought up after a day, and after each other one', async () => {
    const { id } = await ask(here.deps, here.larissa, here.contactId);
    expect(await jobsOf(id)).toEqual([24]);
    await run(id);
    expect(await findBlockRequest(here.deps.db, here.admin, id)).toMatchObject({
      broughtUpCount: 0,
    });
    await makeDue(id);
    expect(await countBlockRequests(here.deps.db, here.admin)).toEqual({
      open: 1,
      overdue: 1,
      broughtUp: 0,
    });
    await run(id);
    await run(id);
    expect(await findBlockRequest(here.deps.db, here.admin, id)).toMatchObject({
      broughtUpCount: 1,
      broughtUpAt: expect.any(String),
    });
    expect(await countBlockRequests(here.deps.db, here.admin)).toEqual({
      open: 1,
      overdue: 1,
      broughtUp: 1,
    });
    expect(await jobsOf(id)).toEqual([24]);
  });

  it('follows the setting of its workspace, and ends with the decision', async () => {
    await inTx(here.deps, here.admin, (ctx) => changeRequestSettings(ctx, 3));
    const { id } = await ask(here.deps, here.larissa, here.contactId);
    expect(await jobsOf(id)).toEqual([3]);
    await refuse(here.deps, here.admin, id);
    await makeDue(id);
    await run(id);
    expect(await findBlockRequest(here.deps.db, here.admin, id)).toMatchObject({
      broughtUpCount: 0,
    });
    await expect(
      inTx(here.deps, here.larissa, (ctx) => changeRequestSettings(ctx, 5)),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
