import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertContact, learnIdentities, matchKeysOf } from '#features/contacts/server/index.ts';
import { type Actor, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { blockContact } from './block-contact.ts';
import { checkGateOutbound } from './check-gate.ts';
import { listBlocks } from './list/list-queries.ts';
import { findActiveBlock, findBlock } from './queries.ts';
import { block, unblock } from './testing.ts';
import { unblockContact } from './unblock-contact.ts';

let deps: TestDeps;
let workspaceId: string;
let admin: Actor;
let contactId: string;

beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

beforeEach(async () => {
  workspaceId = await aWorkspace(deps.db);
  admin = await aMember(deps.db, workspaceId);
  contactId = await aContact();
});

const aContact = (phone = '5511912345678'): Promise<string> =>
  deps.db.transaction().execute(async (tx) => {
    const id = await insertContact(tx, { workspaceId, profileName: 'Ana', username: null });
    await learnIdentities(tx, workspaceId, id, matchKeysOf({ phone }));
    return id;
  });

const epochOf = async (id: string): Promise<number> => {
  const { rows } = await sql<{ e: number }>`
    select block_epoch as e from contact where id = ${id}`.execute(deps.db);
  return rows[0]?.e ?? -1;
};

const auditOf = async (id: string) => {
  const { rows } = await sql<{ action: string; actor: string; masked: string; details: unknown }>`
    select action, actor_id as actor, masked_number as masked, details from audit_event
     where subject_id = ${id} order by id`.execute(deps.db);
  return rows;
};

const isPassing = (acceptedEpoch: number | null = null): Promise<boolean> =>
  inTx(
    deps,
    systemActor(workspaceId),
    async (ctx) =>
      (await checkGateOutbound(ctx, 'message', contactId, 'x', acceptedEpoch)).kind === 'pass',
  );

const confirmedAt = async (): Promise<Date | null | undefined> => {
  const { rows } = await sql<{ at: Date | null }>`select confirmed_at as at from block
    where contact_id = ${contactId} and lifted_at is null`.execute(deps.db);
  return rows[0]?.at;
};

/** A claim as a worker that died, or was stopped, leaves it. */
const leaveClaim = async (kind = 'send'): Promise<string> => {
  const messageId = newId();
  await sql`insert into dispatch_claim
      (workspace_id, id, contact_id, kind, message_id, accepted_epoch, deadline)
    values (${workspaceId}, ${newId()}, ${contactId}, ${kind}, ${messageId}, ${await epochOf(contactId)},
            clock_timestamp() - interval '1 minute')`.execute(deps.db);
  return messageId;
};

describe('blocking', () => {
  it('shuts out, raises the epoch, and is in the audit log without a whole number', async () => {
    const note = 'escreveu três vezes';
    const { id, stillOnWire } = await block(deps, admin, contactId, { note, reason: 'spam' });
    expect(stillOnWire).toEqual([]);
    expect(await isPassing()).toBe(false);
    expect(await epochOf(contactId)).toBe(1);
    expect(await findActiveBlock(deps.db, workspaceId, contactId)).toMatchObject({
      id,
      reason: 'spam',
      note,
      cause: 'manual',
      isActive: true,
      expiresAt: null,
      startedBy: { id: admin.id },
      attempts: { total: 0 },
    });
    expect(await auditOf(contactId)).toEqual([
      {
        action: 'gate.contact-blocked',
        actor: admin.id,
        masked: '+55 11 ••••-5678',
        details: { blockId: id, reason: 'spam', cause: 'manual', upstream: true, expiresAt: null },
      },
    ]);
  });

  it('of a blocked contact changes reason, note and end; the same once more changes nothing', async () => {
    const first = await block(deps, admin, contactId, { reason: 'spam' });
    const expiresAt = new Date(Date.now() + 3_600_000);
    const second = await block(deps, admin, contactId, { reason: 'fraud', note: 'x', expiresAt });
    await block(deps, admin, contactId, { reason: 'fraud', note: 'x', expiresAt });
    expect(second.id).toBe(first.id);
    expect(await findBlock(deps.db, workspaceId, first.id)).toMatchObject({
      reason: 'fraud',
      note: 'x',
      expiresAt: expiresAt.toISOString(),
    });
    expect(await epochOf(contactId)).toBe(1);
    expect((await auditOf(contactId)).map((row) => row.action)).toEqual([
      'gate.contact-blocked',
      'gate.block-edited',
    ]);
  });

  it('refuses an end that is past, and agents and moderators altogether', async () => {
    const expiresAt = new Date(Date.now() - 1_000);
    await expect(block(deps, admin, contactId, { expiresAt })).rejects.toMatchObject({
      code: 'block-end-in-the-past',
      status: 422,
    });
    for (const role of ['agent', 'moderator'] as const) {
      const member = await aMember(deps.db, workspaceId, role);
      const refused = { code: 'forbidden', status: 403 };
      await expect(block(deps, member, contactId)).rejects.toMatchObject(refused);
      await expect(unblock(deps, member, contactId)).rejects.toMatchObject(refused);
    }
    expect(await epochOf(contactId)).toBe(0);
  });

  it('knows no contact of another workspace', async () => {
    const other = await aMember(deps.db, await aWorkspace(deps.db));
    await expect(block(deps, other, contactId)).rejects.toMatchObject({ status: 404 });
    await expect(unblock(deps, other, contactId)).rejects.toMatchObject({ status: 404 });
    const { id } = await block(deps, admin, contactId);
    expect(await findBlock(deps.db, other.workspaceId, id)).toBeNull();
    expect(await findActiveBlock(deps.db, other.workspaceId, contactId)).toBeNull();
    const page = await listBlocks(deps.db, other.workspaceId, { state: 'all', limit: 10 });
    expect(page.items).toEqual([]);
  });

  it('ends by the clock without anybody doing anything, and can begin again', async () => {
    const expiresAt = new Date(Date.now() + 300);
    const first = await block(deps, admin, contactId, { expiresAt });
    expect(await isPassing()).toBe(false);
    await sleep(320);
    expect(await isPassing()).toBe(true);
    expect(await isPassing(0)).toBe(false);
    expect(await findBlock(deps.db, workspaceId, first.id)).toMatchObject({
      isActive: false,
      endedAt: expiresAt.toISOString(),
    });
    const second = await block(deps, admin, contactId);
    expect(second.id).not.toBe(first.id);
    expect(await epochOf(contactId)).toBe(2);
    const listed = (state: 'active' | 'ended' | 'all') =>
      listBlocks(deps.db, workspaceId, { state, limit: 10 }).then((p) => p.items.map((b) => b.id));
    expect(await listed('active')).toEqual([second.id]);
    expect(await listed('ended')).toEqual([first.id]);
    expect(await listed('all')).toEqual([second.id, first.id]);
  });
});

describe('unblocking', () => {
  it('lifts the block and keeps it; what was accepted before it stays stopped', async () => {
    const { id } = await block(deps, admin, contactId);
    expect(await unblock(deps, admin, contactId)).toBe(id);
    expect(await isPassing()).toBe(true);
    expect(await isPassing(0)).toBe(false);
    expect(await isPassing(1)).toBe(true);
    expect(await findBlock(deps.db, workspaceId, id)).toMatchObject({
      isActive: false,
      liftedBy: { id: admin.id },
    });
    expect((await auditOf(contactId)).at(-1)).toMatchObject({
      action: 'gate.contact-unblocked',
      details: { blockId: id },
    });
  });

  it('that names its block lifts no other: neither one that somebody else made meanwhile nor an older one', async () => {
    const undo = (blockId: string) =>
      inTx(deps, admin, (ctx) => unblockContact(ctx, contactId, blockId));
    const { id: first } = await block(deps, admin, contactId);
    await unblock(deps, admin, contactId);
    const { id: second } = await block(deps, await aMember(deps.db, workspaceId), contactId);
    const before = await auditOf(contactId);
    expect(await undo(first)).toBeNull();
    expect(await auditOf(contactId)).toEqual(before);
    expect(await isPassing()).toBe(false);
    expect(await undo(second)).toBe(second);
    expect(await isPassing()).toBe(true);
  });

  it('of a contact that is not blocked says so and leaves no trace', async () => {
    expect(await unblock(deps, admin, contactId)).toBeNull();
    expect(await auditOf(contactId)).toEqual([]);
  });

  it('right after the block never ends it before it began', async () => {
    for (let n = 0; n < 20; n += 1) {
      await inTx(deps, admin, async (ctx) => {
        const input = { contactId, reason: 'spam', note: null, expiresAt: null } as const;
        await blockContact(ctx, input);
        expect(await unblockContact(ctx, contactId)).not.toBeNull();
      });
    }
    expect(await epochOf(contactId)).toBe(20);
  });
});

describe('what was on the wire when the block came', () => {
  it('is waited for', async () => {
    const messageId = await leaveClaim();
    const started = performance.now();
    const ending = sleep(400).then(() =>
      sql`update dispatch_claim set ended_at = clock_timestamp() where message_id = ${messageId}`.execute(
        deps.db,
      ),
    );
    const { stillOnWire } = await block(deps, admin, contactId);
    await ending;
    expect(stillOnWire).toEqual([]);
    expect(performance.now() - started).toBeGreaterThan(380);
  });

  it('is named after ten seconds when its end is not known, deadline or no deadline', async () => {
    const messageId = await leaveClaim();
    // Waited for as well, but the message it names is the person's.
    await leaveClaim('read');
    const started = performance.now();
    const { stillOnWire } = await block(deps, admin, contactId);
    const waited = performance.now() - started;
    expect(stillOnWire).toEqual([messageId]);
    expect(waited).toBeGreaterThan(9_900);
    expect(waited).toBeLessThan(11_500);
  });
});

describe('undoing one’s own step', () => {
  const make = (by: Actor, more: object = {}) =>
    inTx(deps, by, (ctx) =>
      blockContact(ctx, { contactId, reason: 'spam', note: null, expiresAt: null, ...more }),
    );
  const undo = (by: Actor, blockId: string) =>
    inTx(deps, by, (ctx) => unblockContact(ctx, contactId, blockId));

  it('is refused once somebody else has confirmed or changed the block', async () => {
    const second = await aMember(deps.db, workspaceId);
    for (const more of [{ note: 'insiste' }, { reason: 'fraud' }]) {
      const { blockId } = await make(admin);
      await make(admin, { note: 'insiste' });
      expect(await confirmedAt()).toBeNull();
      await make(second, more);
      await expect(undo(admin, blockId)).rejects.toMatchObject({ code: 'block-confirmed' });
      expect(await confirmedAt()).toBeInstanceOf(Date);
      // By its dialog anybody may unblock at any time.
      expect(await unblock(deps, admin, contactId)).toBe(blockId);
    }
    const { blockId } = await make(admin);
    await make(admin, { reason: 'fraud' });
    expect(await undo(admin, blockId)).toBe(blockId);
  });

  it('at the same time as somebody confirms leaves one of two ends', async () => {
    const second = await aMember(deps.db, workspaceId);
    for (let n = 0; n < 6; n += 1) {
      const { blockId } = await make(admin);
      const tries = [() => undo(admin, blockId), () => make(second, { reason: 'fraud' })];
      const ends = await Promise.allSettled((n % 2 ? tries : tries.reverse()).map((go) => go()));
      // Whoever came first: the second administrator wanted it blocked, and it is.
      const active = await findActiveBlock(deps.db, workspaceId, contactId);
      expect(active).toMatchObject({ reason: 'fraud' });
      const refused = ends.filter(({ status }) => status === 'rejected').length;
      expect(refused).toBe(active?.id === blockId ? 1 : 0);
      await unblock(deps, admin, contactId);
    }
  });
});
