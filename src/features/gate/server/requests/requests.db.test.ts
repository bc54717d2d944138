import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { openTestDeps, type TestDeps } from '#platform/server/testing/test-deps.ts';
import { findActiveBlock } from '../queries.ts';
import { block, unblock } from '../testing.ts';
import { acknowledgeBlockRequest, approveBlockRequest } from './decide-request.ts';
import {
  countBlockRequests,
  findBlockRequest,
  listBlockRequests,
  listOwnBlockRequests,
} from './request-queries.ts';
import * as askers from './testing/askers.ts';

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
  contactId = await aContact();
});

const ask = (actor: Actor, note: string | null = null, of = contactId) =>
  askers.ask(deps, actor, of, note);
const refuse = (actor: Actor, requestId: string, answer: string | null = null) =>
  askers.refuse(deps, actor, requestId, answer);
const aContact = () => askers.aContact(deps, workspaceId);

const approve = (actor: Actor, requestId: string) =>
  inTx(deps, actor, (ctx) =>
    approveBlockRequest(ctx, { requestId, reason: undefined, note: null, expiresAt: null }),
  );

const auditOf = async (id = contactId) => {
  const { rows } = await sql<{ action: string; actor: string; details: unknown }>`
    select action, actor_id as actor, details from audit_event where subject_id = ${id}
     order by at, id`.execute(deps.db);
  return rows;
};

const outcomes = async (...tries: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(tries)).map((one) =>
    one.status === 'fulfilled' ? 'done' : String((one.reason as { code?: string }).code),
  );

describe('asking', () => {
  it('opens one request a contact, which others join; the notes are in no record', async () => {
    const first = await ask(larissa, 'gritou comigo');
    const second = await ask(diego, 'comigo também');
    expect([first.isNew, second]).toEqual([true, { id: first.id, isNew: false }]);
    expect(await findBlockRequest(deps.db, admin, first.id)).toMatchObject({
      contactId,
      contactName: 'Ana',
      state: 'open',
      askers: [
        { id: larissa.id, reason: 'offense', note: 'gritou comigo' },
        { id: diego.id, reason: 'offense', note: 'comigo também' },
      ],
      broughtUpCount: 0,
      decidedAt: null,
    });
    const details = { requestId: first.id, reason: 'offense' };
    expect(await auditOf()).toEqual([
      { action: 'gate.block-requested', actor: larissa.id, details },
      { action: 'gate.block-request-joined', actor: diego.id, details },
    ]);
  });

  it('again says it anew and is no other asker', async () => {
    const { id } = await ask(larissa, 'uma vez');
    expect(await ask(larissa, 'outra vez')).toEqual({ id, isNew: false });
    expect(await findBlockRequest(deps.db, larissa, id)).toMatchObject({
      askers: [{ note: 'outra vez' }],
    });
    expect((await auditOf()).map(({ action }) => action)).toEqual(['gate.block-requested']);
  });

  it('at the same time opens one request', async () => {
    const asked = await Promise.all([ask(larissa), ask(diego), ask(admin), ask(larissa)]);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it('is refused for nobody, for a blocked contact, and for the fifty-first within an hour', async () => {
    await expect(ask(larissa, null, workspaceId)).rejects.toMatchObject({
      code: 'contact-not-found',
    });
    await block(deps, admin, contactId);
    await expect(ask(larissa)).rejects.toMatchObject({ code: 'contact-blocked', status: 409 });
    for (let count = 0; count < 50; count += 1) {
      await ask(larissa, null, await aContact());
    }
    const one = await aContact();
    await expect(ask(larissa, null, one)).rejects.toMatchObject({
      code: 'too-many-block-requests',
    });
    expect((await ask(diego, null, one)).isNew).toBe(true);
  });
});

describe('whoever asked', () => {
  it('sees their own part of it, and nobody else anything', async () => {
    const { id } = await ask(larissa, 'minha nota');
    await ask(diego, 'nota do Diego');
    const seen = await findBlockRequest(deps.db, larissa, id);
    expect(seen).toMatchObject({ state: 'open', messageIds: [], decidedBy: null });
    expect(seen?.askers).toEqual([expect.objectContaining({ id: larissa.id, note: 'minha nota' })]);
    const other = await aMember(deps.db, workspaceId, 'agent');
    expect(await findBlockRequest(deps.db, other, id)).toBeUndefined();
    const page = { state: 'all', limit: 50 } as const;
    expect((await listBlockRequests(deps.db, other, page)).items).toEqual([]);
    expect((await listBlockRequests(deps.db, diego, page)).items).toHaveLength(1);
    expect(await countBlockRequests(deps.db, other)).toEqual({ open: 0, overdue: 0, broughtUp: 0 });
    expect(await countBlockRequests(deps.db, admin)).toEqual({ open: 1, overdue: 0, broughtUp: 0 });
    const elsewhere = await aMember(deps.db, await aWorkspace(deps.db));
    expect(await findBlockRequest(deps.db, elsewhere, id)).toBeUndefined();
  });

  it('is told of the decision until they have read it, and never who decided', async () => {
    const { id } = await ask(larissa);
    await expect(
      inTx(deps, larissa, (ctx) => acknowledgeBlockRequest(ctx, id)),
    ).rejects.toMatchObject({ code: 'block-request-open' });
    await refuse(admin, id, 'Fale com ela antes.');
    expect(await listOwnBlockRequests(deps.db, larissa)).toMatchObject([
      { id, state: 'refused', answer: 'Fale com ela antes.', decidedBy: null },
    ]);
    await expect(
      inTx(deps, diego, (ctx) => acknowledgeBlockRequest(ctx, id)),
    ).rejects.toMatchObject({ code: 'block-request-not-found' });
    await inTx(deps, larissa, (ctx) => acknowledgeBlockRequest(ctx, id));
    expect(await listOwnBlockRequests(deps.db, larissa)).toEqual([]);
    expect(await findBlockRequest(deps.db, larissa, id)).toMatchObject({ state: 'refused' });
  });
});

describe('deciding', () => {
  it('is for administrators', async () => {
    const { id } = await ask(larissa);
    for (const actor of [larissa, diego]) {
      await expect(approve(actor, id)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(refuse(actor, id)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('by approval blocks in the same transaction, for the reason that was asked', async () => {
    const { id } = await ask(larissa, 'só para a administração');
    const { blockId } = await approve(admin, id);
    expect(await findActiveBlock(deps.db, workspaceId, contactId)).toMatchObject({
      id: blockId,
      reason: 'offense',
      note: null,
      cause: 'manual',
      startedBy: { id: admin.id },
    });
    expect(await findBlockRequest(deps.db, admin, id)).toMatchObject({
      state: 'approved',
      blockId,
      decidedBy: { id: admin.id },
      answer: null,
    });
    const actions = (await auditOf()).map(({ action, details }) => [action, details]);
    expect(actions.slice(1)).toEqual([
      ['gate.contact-blocked', expect.objectContaining({ blockId, reason: 'offense' })],
      ['gate.block-request-approved', { requestId: id, blockId }],
    ]);
  });

  it('by refusal blocks nobody and keeps the answer out of the record', async () => {
    const { id } = await ask(larissa);
    await refuse(admin, id, 'Ainda não.');
    expect(await findActiveBlock(deps.db, workspaceId, contactId)).toBeNull();
    expect((await auditOf()).at(-1)).toEqual({
      action: 'gate.block-request-refused',
      actor: admin.id,
      details: { requestId: id },
    });
    expect((await ask(larissa)).isNew).toBe(true);
  });

  it('happens once: of two administrators at the same time one wins', async () => {
    const other = await aMember(deps.db, workspaceId);
    for (let round = 0; round < 6; round += 1) {
      contactId = await aContact();
      const { id } = await ask(larissa);
      const ends = await outcomes(approve(admin, id), refuse(other, id), approve(other, id));
      expect(ends.sort()).toEqual(['block-request-decided', 'block-request-decided', 'done']);
      const request = await findBlockRequest(deps.db, admin, id);
      const active = await findActiveBlock(deps.db, workspaceId, contactId);
      expect(request?.blockId).toBe(active?.id ?? null);
      expect(request?.state).toBe(active === null ? 'refused' : 'approved');
    }
  });

  it('comes with a block by hand, also at the same time as a refusal', async () => {
    const { id } = await ask(larissa);
    const made = await block(deps, admin, contactId, { reason: 'spam' });
    expect(await findBlockRequest(deps.db, admin, id)).toMatchObject({
      state: 'approved',
      blockId: made.id,
    });
    await unblock(deps, admin, contactId);
    const again = await ask(larissa);
    const ends = await outcomes(block(deps, admin, contactId), refuse(admin, again.id));
    expect(ends[0]).toBe('done');
    const request = await findBlockRequest(deps.db, admin, again.id);
    expect(request?.state).toBe(ends[1] === 'done' ? 'refused' : 'approved');
  });

  it('meets an asker who joins at that moment with an answer, never with an open request', async () => {
    for (let round = 0; round < 6; round += 1) {
      contactId = await aContact();
      const { id } = await ask(larissa);
      const [, joined] = await outcomes(approve(admin, id), ask(diego));
      expect(['done', 'contact-blocked']).toContain(joined);
      const open = await listBlockRequests(deps.db, admin, { state: 'open', contactId, limit: 50 });
      expect(open.items).toEqual([]);
    }
  });
});
