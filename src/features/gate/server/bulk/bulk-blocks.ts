import { requireCan } from '#features/accounts/server/index.ts';
import { findMaskedNumber, lockContacts } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import type { BulkAnswer, BulkBlockAnswer } from '../../bulk/contract.ts';
import { awaitWire } from '../await-wire.ts';
import { type BlockContactInput, blockContact } from '../block-contact.ts';
import { findOnWire, type OnWire } from '../queries.ts';
import { findOpenBlock, noteConfirmed, type OpenBlock } from '../store.ts';
import { unblockContact } from '../unblock-contact.ts';
import { askUpstream } from '../upstream/ask-upstream.ts';
import { done, forEachContact, notDone } from './each-contact.ts';

/** The contact locked, and its block if one holds. @throws AppError contact-not-found */
const lockAndFind = async (ctx: Ctx, contactId: string): Promise<OpenBlock | undefined> => {
  const { workspaceId } = ctx.actor;
  const [contact] = await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  if (contact === undefined || (contact.mergedInto !== null && !contact.isErased)) {
    throw notFound('contact');
  }
  const open = await findOpenBlock(ctx.tx, workspaceId, contactId);
  return open?.isActive ? open : undefined;
};

/**
 * Blocks each of them, and answers once nothing can go through to any of those any more; the wire is waited for once,
 * 10 s in all. Whoever is blocked already keeps that block: one act upon many must not shorten the block of one.
 */
export const bulkBlock = async (
  deps: Deps,
  actor: Actor,
  contactIds: readonly string[],
  block: Omit<BlockContactInput, 'contactId'>,
): Promise<BulkBlockAnswer> => {
  requireCan(actor, 'block.manage');
  const onWire = new Map<string, readonly OnWire[]>();
  const answer = await forEachContact(deps, actor, contactIds, async (ctx, contactId) => {
    const open = await lockAndFind(ctx, contactId);
    if (open !== undefined) {
      await noteConfirmed(ctx.tx, actor, open.id);
      return notDone('contact-already-blocked');
    }
    await blockContact(ctx, { ...block, contactId });
    onWire.set(contactId, await findOnWire(ctx.tx, actor.workspaceId, contactId));
    return done;
  });
  const all = [...onWire.values()].flat();
  return { ...answer, stillOnWire: await awaitWire(deps.db, actor.workspaceId, all) };
};

/** Lifts the block of each of them; nothing is sent by it (G4). */
export const bulkUnblock = (
  deps: Deps,
  actor: Actor,
  contactIds: readonly string[],
): Promise<BulkAnswer> => {
  requireCan(actor, 'block.manage');
  return forEachContact(deps, actor, contactIds, async (ctx, contactId) =>
    (await unblockContact(ctx, contactId)) === null ? notDone('contact-not-blocked') : done,
  );
};

/** Has WhatsApp's own lists asked once more for each of them; the answer comes later and is in `upstream` of the block. */
export const bulkRetry = (
  deps: Deps,
  actor: Actor,
  contactIds: readonly string[],
): Promise<BulkAnswer> => {
  requireCan(actor, 'block.manage');
  return forEachContact(deps, actor, contactIds, async (ctx, contactId) => {
    const open = await lockAndFind(ctx, contactId);
    if (open === undefined) {
      return notDone('contact-not-blocked');
    }
    const asked = open.upstream ? await askUpstream(ctx, contactId, { isBlocking: true }) : [];
    if (asked.length === 0) {
      return notDone('block-list-off');
    }
    ctx.notices.add(actor.workspaceId, 'contact', contactId);
    await audit(ctx, {
      action: 'gate.block-list-asked-again',
      subject: { kind: 'contact', id: contactId },
      maskedNumber: await findMaskedNumber(ctx.tx, actor.workspaceId, contactId),
      details: { blockId: open.id, lists: asked.length },
    });
    return done;
  });
};
