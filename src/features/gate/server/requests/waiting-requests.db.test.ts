import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { mergeBlocks } from '../extend-block.ts';
import { findActiveBlock } from '../queries.ts';
import { block } from '../testing.ts';
import { bringUp } from './bring-up-request.ts';
import { changeRequestSettings } from './change-settings.ts';
import { countBlockRequests, findBlockRequest } from './request-queries.ts';
import { aContact, ask, refuse } from './testing/askers.ts';

let deps: TestDeps;
let workspaceId: string;
let admin: Actor;
let larissa: Actor;
let diego: Actor;
let contactId: string;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
  larissa = await aMember(deps.db, workspaceId, 'agent');
  diego = await aMember(deps.db, workspaceId, 'moderator');
  contactId = await aContact(deps, workspaceId);
});

describe('a merge', () => {
  const merge = (keepId: string, otherId: string) =>
    inTx(deps, systemActor(workspaceId), (ctx) => mergeBlocks(ctx, keepId, otherId));

  it('joins two open requests', async () => {
    const otherId = await aContact(deps, workspaceId);
    const kept = await ask(deps, larissa, contactId);
    const joined = await ask(deps, diego, otherId);
    await merge(contactId, otherId);
    expect(await findBlockRequest(deps.db, admin, joined.id)).toBeUndefined();
    expect(await findBlockRequest(deps.db, admin, kept.id)).toMatchObject({
      state: 'open',
      askers: [{ id: larissa.id }, { id: diego.id }],
    });
  });

  it('with a blocked contact approves what was asked', async () => {
    const otherId = await aContact(deps, workspaceId);
    const { id } = await ask(deps, larissa, otherId);
    await block(deps, admin, contactId);
    await merge(contactId, otherId);
    const active = await findActiveBlock(deps.db, workspaceId, contactId);
    expect(await findBlockRequest(deps.db, admin, id)).toMatchObject({
      contactId,
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
       where key = ${`block-request:${id}`}`.execute(deps.db);
    return rows.map(({ inHours }) => Math.round(Number(inHours)));
  };
  const makeDue = (id: string) =>
    sql`update block_request set due_at = clock_timestamp() - interval '1 second' where id = ${id}`.execute(
      deps.db,
    );
  const run = (id: string) => inTx(deps, systemActor(workspaceId), (ctx) => bringUp(ctx, id));

  it('is brought up after a day, and after each other one', async () => {
    const { id } = await ask(deps, larissa, contactId);
    expect(await jobsOf(id)).toEqual([24]);
    await run(id);
    expect(await findBlockRequest(deps.db, admin, id)).toMatchObject({ broughtUpCount: 0 });
    await makeDue(id);
    expect(await countBlockRequests(deps.db, admin)).toEqual({ open: 1, overdue: 1, broughtUp: 0 });
    await run(id);
    await run(id);
    expect(await findBlockRequest(deps.db, admin, id)).toMatchObject({
      broughtUpCount: 1,
      broughtUpAt: expect.any(String),
    });
    expect(await countBlockRequests(deps.db, admin)).toEqual({ open: 1, overdue: 1, broughtUp: 1 });
    expect(await jobsOf(id)).toEqual([24]);
  });

  it('follows the setting of its workspace, and ends with the decision', async () => {
    await inTx(deps, admin, (ctx) => changeRequestSettings(ctx, 3));
    const { id } = await ask(deps, larissa, contactId);
    expect(await jobsOf(id)).toEqual([3]);
    await refuse(deps, admin, id);
    await makeDue(id);
    await run(id);
    expect(await findBlockRequest(deps.db, admin, id)).toMatchObject({ broughtUpCount: 0 });
    await expect(inTx(deps, larissa, (ctx) => changeRequestSettings(ctx, 5))).rejects.toMatchObject(
      { code: 'forbidden' },
    );
  });
});
