import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertContact, learnIdentities, matchKeysOf } from '#features/contacts/server/index.ts';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { type BlockState, blockSorts } from '../../list/contract.ts';
import { countAttempts } from '../store.ts';
import { block, moveBlockBack, unblock } from '../testing.ts';
import { anUpstreamWorld } from '../upstream/testing/upstream-world.ts';
import { type BlockListQuery, listBlocks } from './list-queries.ts';
import { changeReviewSettings, reviewBlock } from './review-block.ts';
import { countBlocks, findReviewDays, listBlockers } from './review-queries.ts';

let deps: TestDeps;
let workspaceId: string;
let admin: Actor;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());
beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
});

let made = 0;
const aContact = (profileName = 'Ana', phone = `55119${10_000_000 + ++made}`): Promise<string> =>
  deps.db.transaction().execute(async (tx) => {
    const id = await insertContact(tx, { workspaceId, profileName, username: null });
    await learnIdentities(tx, workspaceId, id, matchKeysOf({ phone }));
    return id;
  });

const list = async (query: Partial<BlockListQuery> = {}): Promise<string[]> =>
  (await listBlocks(deps.db, workspaceId, { limit: 50, ...query })).items.map(
    (one) => one.contactId,
  );

/** Page by page; nobody may come twice. */
const walk = async (query: Partial<BlockListQuery>): Promise<string[]> => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listBlocks(deps.db, workspaceId, {
      ...query,
      limit: 2,
      ...(cursor && { cursor }),
    });
    seen.push(...page.items.map((one) => one.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(seen).size).toBe(seen.length);
  return seen;
};

const knock = (blockId: string, times: number): Promise<void> =>
  deps.db.transaction().execute((tx) =>
    countAttempts(
      tx,
      Array.from({ length: times }, (_, n) => ({
        workspaceId,
        blockId,
        kind: n % 2 === 0 ? 'text' : 'image',
        hash: Buffer.from(newId()),
        isCounted: true,
      })),
    ),
  );

const lapse = (blockId: string) =>
  sql`update block set expires_at = started_at + interval '1 millisecond' where id = ${blockId}`.execute(
    deps.db,
  );

describe('searching blocks', () => {
  it('finds a name without its accents, a number however it is typed, and an id', async () => {
    const joao = await aContact('João Araújo', '5521987654321');
    const old = await aContact('Bia', '552188887777');
    const foreign = await aContact('Kim', '12025550143');
    for (const id of [joao, old, foreign]) await block(deps, admin, id);
    expect(await list({ search: 'joao ara' })).toEqual([joao]);
    const ways = [
      '(21) 98765',
      '21 8765-4321',
      '+55 21 98765-4321',
      '021987',
      '4321',
      '98765-4321',
    ];
    for (const search of ways) {
      expect([search, await list({ search })]).toEqual([search, [joao]]);
    }
    expect(await list({ search: '21 988' })).toEqual([old]);
    expect(await list({ search: '2188' })).toEqual([old]);
    expect(await list({ search: '+1 202' })).toEqual([foreign]);
    expect(await list({ search: joao.toUpperCase() })).toEqual([joao]);
    expect(await list({ search: '100%' })).toEqual([]);
    for (const zeros of ['000', '0000', '00000']) {
      expect([zeros, await list({ search: zeros })]).toEqual([zeros, []]);
    }
    expect(await list({ search: '1199999' })).toEqual([]);
    await sql`update contact_identity set is_former = true where contact_id = ${old}`.execute(
      deps.db,
    );
    for (const search of ['21 988', '7777']) expect(await list({ search })).toEqual([old]);
  });

  it('finds nobody of another workspace', async () => {
    const id = await aContact('Rui');
    await block(deps, admin, id);
    const other = await aWorkspace(deps.db);
    for (const search of ['Rui', id, '5511']) {
      expect((await listBlocks(deps.db, other, { search, limit: 5 })).items).toEqual([]);
    }
  });
});

describe('filtering blocks', () => {
  it('by reason, who, end and attempts', async () => {
    const [a, b, c] = [await aContact(), await aContact(), await aContact()];
    const colleague = await aMember(deps.db, workspaceId);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    await block(deps, admin, a, { reason: 'fraud' });
    await block(deps, colleague, b, { reason: 'spam', expiresAt: inDays(3) });
    const { id } = await block(deps, admin, c, { reason: 'spam', expiresAt: inDays(40) });
    await knock(id, 3);
    expect(await list({ reason: 'spam' })).toEqual([c, b]);
    expect(await list({ startedBy: colleague.id ?? '' })).toEqual([b]);
    expect(await list({ startedBy: 'system' })).toEqual([]);
    expect(await list({ end: 'none' })).toEqual([a]);
    expect(await list({ end: 'some' })).toEqual([c, b]);
    expect(await list({ endsWithinDays: 7 })).toEqual([b]);
    expect(await list({ attempts: 'some' })).toEqual([c]);
    expect(await list({ attempts: 'none', reason: 'spam' })).toEqual([b]);
    const starters = async (state?: BlockState) =>
      (await listBlockers(deps.db, workspaceId, state)).map((one) => one.id).sort();
    expect(await starters()).toEqual([admin.id, colleague.id].sort());
    // Whose blocks have all ended can still be chosen where the ended ones are.
    await unblock(deps, admin, b);
    expect(await starters()).toEqual([admin.id]);
    expect(await starters('ended')).toEqual([admin.id, colleague.id].sort());
    expect(await starters('all')).toEqual([admin.id, colleague.id].sort());
  });

  it('by state, also of one that the clock has ended and nobody wrote down', async () => {
    const [held, lifted, lapsed] = [await aContact(), await aContact(), await aContact()];
    await block(deps, admin, held);
    await block(deps, admin, lifted);
    await unblock(deps, admin, lifted);
    await lapse((await block(deps, admin, lapsed)).id);
    expect(await list()).toEqual([held]);
    expect(await list({ state: 'ended' })).toEqual([lapsed, lifted]);
    expect(await list({ state: 'all' })).toEqual([lapsed, lifted, held]);
    const none = { isMore: false };
    expect(await countBlocks(deps.db, workspaceId)).toEqual({
      active: { count: 1, ...none },
      ended: { count: 2, ...none },
      toReview: { count: 0, ...none },
    });
  });

  it("by WhatsApp's id of the account", async () => {
    const world = await anUpstreamWorld(deps);
    ({ workspaceId, admin } = world);
    const hidden = await world.aContact({ bsuid: 'BR.84320917553102' });
    await block(deps, admin, hidden);
    await block(deps, admin, await world.aContact());
    expect(await list({ search: 'BR.84320917553102' })).toEqual([hidden]);
    expect(await list({ search: 'br.84320917553102' })).toEqual([hidden]);
    expect(await list({ search: 'BR.84320917553103' })).toEqual([]);
  });

  it("by what is known from WhatsApp's lists, the worst of all of them", async () => {
    const world = await anUpstreamWorld(deps);
    ({ workspaceId, admin } = world);
    const [applied, failed, unwanted] = [
      await world.aContact(),
      await world.aContact(),
      await world.aContact(),
    ];
    await block(deps, admin, applied);
    await world.apply();
    await block(deps, admin, unwanted, { upstream: false });
    world.list.answers.push({ kind: 'refused', why: 'failed', code: 'whatsapp-1' });
    await block(deps, admin, failed);
    expect(await list({ upstream: 'pending' })).toEqual([failed]);
    await world.apply();
    const { channelId } = world;
    for (const where of [{}, { channelId }]) {
      expect(await list({ upstream: 'applied', ...where })).toEqual([applied]);
      expect(await list({ upstream: 'failed', ...where })).toEqual([failed]);
    }
    expect(await list({ upstream: 'off' })).toEqual([unwanted]);
    expect(await list({ channelId: newId(), upstream: 'applied' })).toEqual([]);
    // Blocked anew, it is known at once where it stands.
    await unblock(deps, admin, applied);
    await block(deps, admin, applied);
    expect(await list({ upstream: 'applied' })).toEqual([applied]);
  });
});

describe('sorting blocks', () => {
  it('gives each once in every order, page by page, with ends and attempts or without', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 9; n += 1) {
      const expiresAt = n % 3 === 0 ? new Date(Date.now() + (10 - n) * 3_600_000) : null;
      const { id } = await block(deps, admin, await aContact(), { expiresAt });
      ids.push(id);
      if (n % 2 === 0) await knock(id, n + 1);
    }
    const lifted = await aContact();
    ids.push((await block(deps, admin, lifted)).id);
    await knock(ids.at(-1) ?? '', 4);
    await unblock(deps, admin, lifted);
    for (const sort of blockSorts) {
      const seen = await walk({ sort, state: 'all' });
      expect([sort, [...seen].sort()]).toEqual([sort, [...ids].sort()]);
    }
    const at = (index: number) => ids[index];
    expect(await walk({ sort: 'oldest', state: 'all' })).toEqual(ids);
    expect((await walk({ sort: 'until' })).slice(0, 3)).toEqual([at(6), at(3), at(0)]);
    expect((await walk({ sort: 'attempts', state: 'all' })).slice(0, 6)).toEqual(
      [8, 6, 4, 9, 2, 0].map(at),
    );
    expect((await walk({ sort: 'last-attempt' })).slice(0, 5)).toEqual([8, 6, 4, 2, 0].map(at));
    const page = await listBlocks(deps.db, workspaceId, { sort: 'attempts', limit: 1 });
    const cursor = page.nextCursor ?? '';
    await expect(
      listBlocks(deps.db, workspaceId, { sort: 'newest', cursor, limit: 1 }),
    ).rejects.toMatchObject({ code: 'invalid-cursor' });
  });
});

describe('blocks to look at again', () => {
  it('are those too that would go on for longer than the age still', async () => {
    const days = (n: number) => n * 86_400_000;
    const aged = async (left: number): Promise<string> => {
      const contactId = await aContact();
      const expiresAt = new Date(Date.now() + days(200 + left));
      const { id } = await block(deps, admin, contactId, { expiresAt });
      await moveBlockBack(deps.db, id, 200 * 86_400);
      return contactId;
    };
    const [soon, far] = [await aged(90), await aged(400)];
    await block(deps, admin, await aContact(), { expiresAt: new Date(Date.now() + days(400)) });
    expect(await list({ toReview: 'true' })).toEqual([far]);
    expect((await countBlocks(deps.db, workspaceId)).toReview.count).toBe(1);
    await inTx(deps, admin, (ctx) => changeReviewSettings(ctx, 60));
    expect(await list({ toReview: 'true' })).toEqual([soon, far]);
    await inTx(deps, admin, (ctx) => reviewBlock(ctx, far));
    expect(await list({ toReview: 'true' })).toEqual([soon]);
  });

  it('are those without end, as old as the setting says, until somebody keeps them', async () => {
    const [old, older, young, ends] = [
      await aContact(),
      await aContact(),
      await aContact(),
      await aContact(),
    ];
    const day = 86_400;
    await moveBlockBack(deps.db, (await block(deps, admin, old)).id, 200 * day);
    await moveBlockBack(deps.db, (await block(deps, admin, older)).id, 300 * day);
    await moveBlockBack(deps.db, (await block(deps, admin, young)).id, 20 * day);
    await block(deps, admin, ends, { expiresAt: new Date(Date.now() + 9_000_000) });
    expect(await list({ toReview: 'true' })).toEqual([older, old]);
    await inTx(deps, admin, (ctx) => reviewBlock(ctx, older));
    expect(await list({ toReview: 'true' })).toEqual([old]);
    await inTx(deps, admin, (ctx) => changeReviewSettings(ctx, 10));
    expect(await findReviewDays(deps.db, workspaceId)).toBe(10);
    expect(await list({ toReview: 'true' })).toEqual([old, young]);
    expect((await countBlocks(deps.db, workspaceId)).toReview.count).toBe(2);
    const { rows } = await sql<{ action: string }>`select action from audit_event
      where workspace_id = ${workspaceId} and action like 'gate.block-review%' order by id`.execute(
      deps.db,
    );
    expect(rows.map((row) => row.action)).toEqual([
      'gate.block-reviewed',
      'gate.block-review-settings-changed',
    ]);
  });

  it('are kept by administrators alone, and only while the block holds', async () => {
    const id = await aContact();
    await block(deps, admin, id);
    const moderator = await aMember(deps.db, workspaceId, 'moderator');
    const foreign = await aMember(deps.db, await aWorkspace(deps.db));
    const reviewAs = (actor: Actor) => inTx(deps, actor, (ctx) => reviewBlock(ctx, id));
    await expect(reviewAs(moderator)).rejects.toMatchObject({ status: 403 });
    await expect(reviewAs(foreign)).rejects.toMatchObject({ status: 404 });
    await expect(
      inTx(deps, moderator, (ctx) => changeReviewSettings(ctx, 5)),
    ).rejects.toMatchObject({ status: 403 });
    await unblock(deps, admin, id);
    await expect(reviewAs(admin)).rejects.toMatchObject({ code: 'contact-not-blocked' });
  });
});
