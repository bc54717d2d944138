import { requireCan } from '#features/accounts/server/index.ts';
import { findMaskedNumber, lockContacts } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { findOpenBlock } from '../store.ts';
import { noteReview, setReviewDays } from './review-store.ts';

/**
 * Somebody looked at the block and keeps it: it is to be looked at again after as many days as a new one.
 * @returns the block's id
 * @throws AppError forbidden, contact-not-found, contact-not-blocked
 */
export const reviewBlock = async (ctx: Ctx, contactId: string): Promise<string> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const [contact] = await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  if (contact === undefined || (contact.mergedInto !== null && !contact.isErased)) {
    throw notFound('contact');
  }
  const open = await findOpenBlock(ctx.tx, workspaceId, contactId);
  if (!open?.isActive) {
    throw new AppError('contact-not-blocked', 409);
  }
  await noteReview(ctx.tx, workspaceId, open.id);
  ctx.notices.add(workspaceId, 'contact', contactId);
  await audit(ctx, {
    action: 'gate.block-reviewed',
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, contactId),
    details: { blockId: open.id },
  });
  return open.id;
};

/** From now on, for the blocks there are as well. */
export const changeReviewSettings = async (ctx: Ctx, afterDays: number): Promise<void> => {
  requireCan(ctx.actor, 'settings.manage');
  const { workspaceId } = ctx.actor;
  await setReviewDays(ctx.tx, workspaceId, afterDays);
  await audit(ctx, {
    action: 'gate.block-review-settings-changed',
    subject: { kind: 'workspace', id: workspaceId },
    details: { afterDays },
  });
};
