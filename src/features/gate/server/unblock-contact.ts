import { requireCan } from '#features/accounts/server/index.ts';
import { findMaskedNumber, lockContacts } from '#features/contacts/server/index.ts';
import { publish } from '#features/webhooks/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { findOpenBlock, liftBlock } from './store.ts';
import { askUpstream } from './upstream/ask-upstream.ts';
import { writeDownEnd } from './write-down-end.ts';

/**
 * Lifts the block (never deletes it). Sends nothing by itself: what was stopped stays stopped, by its epoch (G4).
 * @param undone the block whose making is undone: one that took its place meanwhile is left as it is
 * @returns the lifted block's id; null when the contact was not blocked, or by another block
 * @throws AppError forbidden, contact-not-found, block-confirmed (409): what is to be undone is not the caller's step alone any more
 */
export const unblockContact = async (
  ctx: Ctx,
  contactId: string,
  undone?: string,
): Promise<string | null> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const [contact] = await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  // Of somebody whose data was erased nothing is left but this, and it can be lifted.
  if (contact === undefined || (contact.mergedInto !== null && !contact.isErased)) {
    throw notFound('contact');
  }
  const open = await findOpenBlock(ctx.tx, workspaceId, contactId);
  if (open === undefined) {
    return null;
  }
  if (!open.isActive) {
    await writeDownEnd(ctx, contactId);
    return null;
  }
  if (undone !== undefined && undone !== open.id) {
    return null;
  }
  if (undone !== undefined && open.isConfirmed) {
    throw new AppError('block-confirmed', 409);
  }
  await liftBlock(ctx.tx, workspaceId, open.id, ctx.actor);
  ctx.notices.add(workspaceId, 'contact', contactId);
  const maskedNumber = await findMaskedNumber(ctx.tx, workspaceId, contactId);
  await audit(ctx, {
    action: 'gate.contact-unblocked',
    subject: { kind: 'contact', id: contactId },
    maskedNumber,
    details: { blockId: open.id },
  });
  const data = { blockId: open.id, cause: 'manual' } as const;
  await publish(ctx, { type: 'contact.unblocked', data }, { contactId, maskedNumber });
  await askUpstream(ctx, contactId, { isBlocking: false });
  return open.id;
};
