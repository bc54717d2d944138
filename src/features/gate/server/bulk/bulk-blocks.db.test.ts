import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { findActiveBlock } from '../queries.ts';
import { block, unblock } from '../testing.ts';
import { anUpstreamWorld, type UpstreamWorld } from '../upstream/testing/upstream-world.ts';
import { bulkBlock, bulkRetry, bulkUnblock } from './bulk-blocks.ts';

const nobody = '01900000-0000-7000-8000-000000000000';
const spam = { reason: 'spam', note: null, expiresAt: null } as const;

let deps: TestDeps;
let world: UpstreamWorld;
let admin: Actor;
let ids: string[];

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  world = await anUpstreamWorld(deps);
  admin = world.admin;
  ids = [];
  for (let n = 0; n < 4; n += 1) {
    ids.push(await world.aContact());
  }
});

const idAt = (index: number): string => ids[index] ?? nobody;

const isBlocked = async (contactId: string): Promise<boolean> =>
  (await findActiveBlock(deps.db, admin.workspaceId, contactId)) !== null;

const actionsOf = async (contactId: string): Promise<string[]> => {
  const { rows } = await sql<{ action: string }>`select action from audit_event
    where subject_id = ${contactId} order by id`.execute(deps.db);
  return rows.map((row) => row.action);
};

/** A request to WhatsApp that was under way. */
const leaveClaim = async (contactId: string): Promise<string> => {
  const messageId = newId();
  await sql`insert into dispatch_claim
      (workspace_id, id, contact_id, kind, message_id, accepted_epoch, deadline)
    values (${admin.workspaceId}, ${newId()}, ${contactId}, 'send', ${messageId}, 0,
            clock_timestamp() - interval '1 minute')`.execute(deps.db);
  return messageId;
};

describe('blocking many', () => {
  it('blocks each once, audits each, and a bad id spoils nothing', async () => {
    const answer = await bulkBlock(deps, admin, [idAt(0), nobody, idAt(1), idAt(0)], spam);
    expect(answer).toEqual({
      done: 2,
      failed: [{ contactId: nobody, code: 'contact-not-found' }],
      stillOnWire: [],
    });
    for (const id of [idAt(0), idAt(1)]) {
      expect(await isBlocked(id)).toBe(true);
      expect(await actionsOf(id)).toEqual(['gate.contact-blocked']);
    }
    expect(await isBlocked(idAt(2))).toBe(false);
  });

  it('leaves the block of somebody blocked already as it is, and names it', async () => {
    await block(deps, admin, idAt(0), { reason: 'offense', note: 'sério' });
    const expiresAt = new Date(Date.now() + 60_000);
    const answer = await bulkBlock(deps, admin, ids, { ...spam, expiresAt });
    expect(answer.failed).toEqual([{ contactId: idAt(0), code: 'contact-already-blocked' }]);
    expect(await findActiveBlock(deps.db, admin.workspaceId, idAt(0))).toMatchObject({
      reason: 'offense',
      note: 'sério',
      expiresAt: null,
    });
  });

  it('with an end that is past blocks nobody', async () => {
    const expiresAt = new Date(Date.now() - 1_000);
    const { done, failed } = await bulkBlock(deps, admin, ids, { ...spam, expiresAt });
    expect(done).toBe(0);
    expect(new Set(failed.map(({ code }) => code))).toEqual(new Set(['block-end-in-the-past']));
  });

  it('waits for the wire of all of them once, and names what has no end', async () => {
    const [first, second] = [await leaveClaim(idAt(0)), await leaveClaim(idAt(1))];
    const ending = sleep(300).then(() =>
      sql`update dispatch_claim set ended_at = clock_timestamp() where message_id = ${first}`.execute(
        deps.db,
      ),
    );
    const started = performance.now();
    const { stillOnWire } = await bulkBlock(deps, admin, ids, spam);
    await ending;
    expect(stillOnWire).toEqual([second]);
    expect(performance.now() - started).toBeLessThan(12_000);
  });

  it('by two at once, in opposite orders, blocks each once', async () => {
    const [one, other] = await Promise.all([
      bulkBlock(deps, admin, ids, spam),
      bulkBlock(deps, admin, [...ids].reverse(), spam),
    ]);
    expect(one.done + other.done).toBe(ids.length);
    const codes = [...one.failed, ...other.failed].map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['contact-already-blocked']));
  });
});

describe('lifting many', () => {
  it('lifts those that are blocked and names the others', async () => {
    await block(deps, admin, idAt(0));
    await block(deps, admin, idAt(1));
    expect(await bulkUnblock(deps, admin, [idAt(0), idAt(1), idAt(2)])).toEqual({
      done: 2,
      failed: [{ contactId: idAt(2), code: 'contact-not-blocked' }],
    });
    expect([await isBlocked(idAt(0)), await isBlocked(idAt(1))]).toEqual([false, false]);
    expect(await actionsOf(idAt(0))).toEqual(['gate.contact-blocked', 'gate.contact-unblocked']);
  });
});

describe('asking WhatsApp once more', () => {
  it('makes due what failed, and says where there is nothing to ask', async () => {
    world.list.answers.push({ kind: 'refused', why: 'failed', code: 'whatsapp-131000' });
    await block(deps, admin, idAt(0));
    await world.apply();
    expect(await world.shownOf(idAt(0))).toMatchObject([{ state: 'failed' }]);
    await block(deps, admin, idAt(1), { upstream: false });
    expect(await bulkRetry(deps, admin, [idAt(0), idAt(1), idAt(2), nobody])).toEqual({
      done: 1,
      failed: [
        { contactId: idAt(1), code: 'block-list-off' },
        { contactId: idAt(2), code: 'contact-not-blocked' },
        { contactId: nobody, code: 'contact-not-found' },
      ],
    });
    await world.apply();
    expect(await world.shownOf(idAt(0))).toMatchObject([{ state: 'applied' }]);
    expect(await actionsOf(idAt(0))).toContain('gate.block-list-asked-again');
  });
});

describe('who may', () => {
  it('is administrators, each in their workspace', async () => {
    await block(deps, admin, idAt(0));
    for (const role of ['agent', 'moderator'] as const) {
      const member = await aMember(deps.db, admin.workspaceId, role);
      for (const act of [bulkUnblock, bulkRetry]) {
        await expect((async () => act(deps, member, ids))()).rejects.toMatchObject({ status: 403 });
      }
      await expect(bulkBlock(deps, member, ids, spam)).rejects.toMatchObject({ status: 403 });
    }
    const foreign = await aMember(deps.db, await aWorkspace(deps.db));
    for (const act of [bulkUnblock, bulkRetry]) {
      const { done, failed } = await act(deps, foreign, ids);
      expect([done, failed.length]).toEqual([0, ids.length]);
    }
    expect((await bulkBlock(deps, foreign, ids, spam)).done).toBe(0);
    expect(await isBlocked(idAt(0))).toBe(true);
    expect(await unblock(deps, admin, idAt(0))).not.toBeNull();
  });
});
