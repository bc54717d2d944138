import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { aMember, aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { findActiveBlock } from '../queries.ts';
import { block, unblock } from '../testing.ts';
import { acknowledgeBlockRequest, approveBlockRequest } from './decide-request.ts';
import { requestBlock } from './request-block.ts';
import {
  countBlockRequests,
  findBlockRequest,
  listBlockRequests,
  listOwnBlockRequests,
} from './request-queries.ts';
import * as askers from './testing/askers.ts';
import { anAskersStage } from './testing/askers-stage.ts';

const here = anAskersStage();

const ask = (actor: Actor, note: string | null = null, of = here.contactId) =>
  askers.ask(here.deps, actor, of, note);
const refuse = (actor: Actor, requestId: string, answer: string | null = null) =>
  askers.refuse(here.deps, actor, requestId, answer);
const aContact = () => askers.aContact(here.deps, here.workspaceId);

const approve = (actor: Actor, requestId: string, upstream = true) =>
  inTx(here.deps, actor, (ctx) =>
    approveBlockRequest(ctx, {
      ...{ requestId, reason: undefined, note: null, expiresAt: null },
      upstream,
    }),
  );

const auditOf = async (id = here.contactId) => {
  const { rows } = await sql<{ action: string; actor: string; details: unknown }>`
    select action, actor_id as actor, details from audit_event where subject_id = ${id}
     order by at, id`.execute(here.deps.db);
  return rows;
};

const outcomes = async (...tries: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(tries)).map((one) =>
    one.status === 'fulfilled' ? 'done' : String((one.reason as { code?: string }).code),
  );

describe('asking', () => {
  it('opens one request a contact, which others join; the notes are in no record', async () => {
    const first = await ask(here.larissa, 'gritou comigo');
    const second = await ask(here.diego, 'comigo também');
    expect([first.isNew, second]).toEqual([true, { id: first.id, isNew: false }]);
    expect(await findBlockRequest(here.deps.db, here.admin, first.id)).toMatchObject({
      contactId: here.contactId,
      contactName: 'Ana',
      state: 'open',
      askers: [
        { id: here.larissa.id, reason: 'offense', note: 'gritou comigo' },
        { id: here.diego.id, reason: 'offense', note: 'comigo também' },
      ],
      broughtUpCount: 0,
      decidedAt: null,
    });
    const details = { requestId: first.id, reason: 'offense' };
    expect(await auditOf()).toEqual([
      { action: 'gate.block-requested', actor: here.larissa.id, details },
      { action: 'gate.block-request-joined', actor: here.diego.id, details },
    ]);
  });

  it('again says it anew and is no other asker', async () => {
    const { id } = await ask(here.larissa, 'uma vez');
    expect(await ask(here.larissa, 'outra vez')).toEqual({ id, isNew: false });
    expect(await findBlockRequest(here.deps.db, here.larissa, id)).toMatchObject({
      askers: [{ note: 'outra vez' }],
    });
    expect((await auditOf()).map(({ action }) => action)).toEqual(['gate.block-requested']);
  });

  it('again with another reason is in the record, with that reason', async () => {
    const { id } = await ask(here.larissa);
    const again = { contactId: here.contactId, reason: 'fraud', note: 'foi golpe' } as const;
    await inTx(here.deps, here.larissa, (ctx) => requestBlock(ctx, again));
    expect(await auditOf()).toMatchObject([
      { action: 'gate.block-requested', details: { reason: 'offense' } },
      {
        ...{ action: 'gate.block-request-reason-changed', actor: here.larissa.id },
        details: { requestId: id, reason: 'fraud' },
      },
    ]);
  });

  it('at the same time opens one request', async () => {
    const asked = await Promise.all([
      ask(here.larissa),
      ask(here.diego),
      ask(here.admin),
      ask(here.larissa),
    ]);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it('is refused for nobody, for a blocked contact, and for the fifty-first within an hour', async () => {
    await expect(ask(here.larissa, null, here.workspaceId)).rejects.toMatchObject({
      code: 'contact-not-found',
    });
    await block(here.deps, here.admin, here.contactId);
    await expect(ask(here.larissa)).rejects.toMatchObject({ code: 'contact-blocked', status: 409 });
    for (let count = 0; count < 50; count += 1) {
      await ask(here.larissa, null, await aContact());
    }
    const one = await aContact();
    await expect(ask(here.larissa, null, one)).rejects.toMatchObject({
      code: 'too-many-block-requests',
    });
    expect((await ask(here.diego, null, one)).isNew).toBe(true);
  });
});

describe('whoever asked', () => {
  it('sees their own part of it, and nobody else anything', async () => {
    const { id } = await ask(here.larissa, 'minha nota');
    await ask(here.diego, 'nota do Diego');
    const seen = await findBlockRequest(here.deps.db, here.larissa, id);
    expect(seen).toMatchObject({ state: 'open', messageIds: [], decidedBy: null });
    expect(seen?.askers).toEqual([
      expect.objectContaining({ id: here.larissa.id, note: 'minha nota' }),
    ]);
    const other = await aMember(here.deps.db, here.workspaceId, 'agent');
    expect(await findBlockRequest(here.deps.db, other, id)).toBeUndefined();
    const page = { state: 'all', limit: 50 } as const;
    expect((await listBlockRequests(here.deps.db, other, page)).items).toEqual([]);
    expect((await listBlockRequests(here.deps.db, here.diego, page)).items).toHaveLength(1);
    expect(await countBlockRequests(here.deps.db, other)).toEqual({
      open: 0,
      overdue: 0,
      broughtUp: 0,
      lastBroughtUpAt: null,
    });
    expect(await countBlockRequests(here.deps.db, here.admin)).toEqual({
      open: 1,
      overdue: 0,
      broughtUp: 0,
      lastBroughtUpAt: null,
    });
    const elsewhere = await aMember(here.deps.db, await aWorkspace(here.deps.db));
    expect(await findBlockRequest(here.deps.db, elsewhere, id)).toBeUndefined();
  });

  it('is told of the decision until they have read it, and never who decided', async () => {
    const { id } = await ask(here.larissa);
    await expect(
      inTx(here.deps, here.larissa, (ctx) => acknowledgeBlockRequest(ctx, id)),
    ).rejects.toMatchObject({ code: 'block-request-open' });
    await refuse(here.admin, id, 'Fale com ela antes.');
    expect(await listOwnBlockRequests(here.deps.db, here.larissa)).toMatchObject([
      { id, state: 'refused', answer: 'Fale com ela antes.', decidedBy: null },
    ]);
    await expect(
      inTx(here.deps, here.diego, (ctx) => acknowledgeBlockRequest(ctx, id)),
    ).rejects.toMatchObject({ code: 'block-request-not-found' });
    await inTx(here.deps, here.larissa, (ctx) => acknowledgeBlockRequest(ctx, id));
    expect(await listOwnBlockRequests(here.deps.db, here.larissa)).toEqual([]);
    expect(await findBlockRequest(here.deps.db, here.larissa, id)).toMatchObject({
      state: 'refused',
    });
  });
});

describe('deciding', () => {
  it('is for administrators', async () => {
    const { id } = await ask(here.larissa);
    for (const actor of [here.larissa, here.diego]) {
      await expect(approve(actor, id)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(refuse(actor, id)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('leaves WhatsApp out when whoever approves says so', async () => {
    const { id } = await ask(here.larissa);
    await approve(here.admin, id, false);
    const active = await findActiveBlock(here.deps.db, here.workspaceId, here.contactId);
    expect(active?.wantsUpstream).toBe(false);
  });

  it('by approval blocks in the same transaction, for the reason that was asked', async () => {
    const { id } = await ask(here.larissa, 'só para a administração');
    const { blockId } = await approve(here.admin, id);
    expect(await findActiveBlock(here.deps.db, here.workspaceId, here.contactId)).toMatchObject({
      id: blockId,
      reason: 'offense',
      note: null,
      cause: 'manual',
      startedBy: { id: here.admin.id },
    });
    expect(await findBlockRequest(here.deps.db, here.admin, id)).toMatchObject({
      state: 'approved',
      blockId,
      decidedBy: { id: here.admin.id },
      answer: null,
    });
    const actions = (await auditOf()).map(({ action, details }) => [action, details]);
    expect(actions.slice(1)).toEqual([
      ['gate.contact-blocked', expect.objectContaining({ blockId, reason: 'offense' })],
      ['gate.block-request-approved', { requestId: id, blockId }],
    ]);
  });

  it('by refusal blocks nobody and keeps the answer out of the record', async () => {
    const { id } = await ask(here.larissa);
    await refuse(here.admin, id, 'Ainda não.');
    expect(await findActiveBlock(here.deps.db, here.workspaceId, here.contactId)).toBeNull();
    expect((await auditOf()).at(-1)).toEqual({
      action: 'gate.block-request-refused',
      actor: here.admin.id,
      details: { requestId: id },
    });
    expect((await ask(here.larissa)).isNew).toBe(true);
  });

  it('happens once: of two administrators at the same time one wins', async () => {
    const other = await aMember(here.deps.db, here.workspaceId);
    for (let round = 0; round < 6; round += 1) {
      here.contactId = await aContact();
      const { id } = await ask(here.larissa);
      const ends = await outcomes(approve(here.admin, id), refuse(other, id), approve(other, id));
      expect(ends.sort()).toEqual(['block-request-decided', 'block-request-decided', 'done']);
      const request = await findBlockRequest(here.deps.db, here.admin, id);
      const active = await findActiveBlock(here.deps.db, here.workspaceId, here.contactId);
      expect(request?.blockId).toBe(active?.id ?? null);
      expect(request?.state).toBe(active === null ? 'refused' : 'approved');
    }
  });

  it('comes with a block by hand, also at the same time as a refusal', async () => {
    const { id } = await ask(here.larissa);
    const made = await block(here.deps, here.admin, here.contactId, { reason: 'spam' });
    expect(await findBlockRequest(here.deps.db, here.admin, id)).toMatchObject({
      state: 'approved',
      blockId: made.id,
    });
    await unblock(here.deps, here.admin, here.contactId);
    const again = await ask(here.larissa);
    const ends = await outcomes(
      block(here.deps, here.admin, here.contactId),
      refuse(here.admin, again.id),
    );
    expect(ends[0]).toBe('done');
    const request = await findBlockRequest(here.deps.db, here.admin, again.id);
    expect(request?.state).toBe(ends[1] === 'done' ? 'refused' : 'approved');
  });

  it('meets an asker who joins at that moment with an answer, never with an open request', async () => {
    for (let round = 0; round < 6; round += 1) {
      here.contactId = await aContact();
      const { id } = await ask(here.larissa);
      const [, joined] = await outcomes(approve(here.admin, id), ask(here.diego));
      expect(['done', 'contact-blocked']).toContain(joined);
      const open = await listBlockRequests(here.deps.db, here.admin, {
        state: 'open',
        contactId: here.contactId,
        limit: 50,
      });
      expect(open.items).toEqual([]);
    }
  });
});
