import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { mergeBlocks } from '../extend-block.ts';
import { findActiveBlock } from '../queries.ts';
import { block } from '../testing.ts';
import { bringUp } from './bring-up-request.ts';
import { changeRequestSettings } from './change-settings.ts';
import { countBlockRequests, findBlockRequest, listBlockRequests } from './request-queries.ts';
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

describe('more open requests than a page shows', () => {
  it('come in turn: brought up first, then whoever waits longest', async () => {
    const ids: string[] = [];
    for (let made = 0; made < 101; made += 1) {
      const contactId = await aContact(here.deps, here.workspaceId);
      ids.push((await ask(here.deps, here.larissa, contactId)).id);
      // Nobody may ask for as many in one hour.
      await sql`update block_request_asker set asked_at = asked_at - interval '2 days'
        where workspace_id = ${here.workspaceId}`.execute(here.deps.db);
    }
    const newest = ids.at(-1) ?? '';
    await sql`update block_request set brought_up_count = 1, brought_up_at = clock_timestamp()
      where id = ${newest}`.execute(here.deps.db);
    const first = await listBlockRequests(here.deps.db, here.admin, { state: 'open', limit: 100 });
    const cursor = first.nextCursor ?? '';
    const query = { state: 'open', limit: 100, cursor } as const;
    const second = await listBlockRequests(here.deps.db, here.admin, query);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([
      newest,
      ...ids.slice(0, -1),
    ]);
    expect(second).toMatchObject({ items: [{ id: ids.at(-2) }], nextCursor: null });
    await expect(
      listBlockRequests(here.deps.db, here.admin, { ...query, cursor: 'x' }),
    ).rejects.toMatchObject({ code: 'invalid-cursor' });
  }, 30_000);

  it('tell that one was brought up while another was decided', async () => {
    const [one, other] = [
      await ask(here.deps, here.larissa, here.contactId),
      await ask(here.deps, here.larissa, await aContact(here.deps, here.workspaceId)),
    ];
    const bring = (id: string) =>
      sql`update block_request set brought_up_count = brought_up_count + 1,
        brought_up_at = clock_timestamp() where id = ${id}`.execute(here.deps.db);
    await bring(one.id);
    const before = await countBlockRequests(here.deps.db, here.admin);
    await refuse(here.deps, here.admin, one.id);
    await bring(other.id);
    const after = await countBlockRequests(here.deps.db, here.admin);
    expect(after.broughtUp).toBe(before.broughtUp);
    expect((after.lastBroughtUpAt ?? '') > (before.lastBroughtUpAt ?? '')).toBe(true);
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
      lastBroughtUpAt: null,
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
      lastBroughtUpAt: expect.any(String),
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
