import { requireCan } from '#features/accounts/server/index.ts';
import {
  findMaskedNumber,
  lockContacts,
  moveConflicts,
  moveIdentities,
  outdateHeirOfErased,
} from '#features/contacts/server/index.ts';
import { askUpstream, mergeBlocks, unblockContact } from '#features/gate/server/index.ts';
import { mergeRules } from '#features/media/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { openWindows } from './actions/apply-action.ts';
import { settleEarly } from './actions/early-actions.ts';
import { lockConversationsOf } from './conversation-store.ts';
import { enqueueDelivery } from './delivery-jobs.ts';
import { findAwaitedOriginals, moveConversations, restampQueued } from './merge-store.ts';

/**
 * Makes one contact of two that are locked. The older one remains. A block of either holds for both from now on, and
 * is a block of the other's identities: the epoch rises (docs/gate.md, identities).
 * @returns the contact that remains
 */
export const mergeLockedContacts = async (ctx: Ctx, a: string, b: string): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const [keepId, otherId] = a < b ? [a, b] : [b, a];
  const { isBlocked, epochs } = await mergeBlocks(ctx, keepId, otherId);
  await mergeRules(ctx, keepId, otherId);
  await moveIdentities(ctx.tx, workspaceId, otherId, keepId);
  await outdateHeirOfErased(ctx, keepId);
  await moveConflicts(ctx.tx, workspaceId, otherId, keepId, ctx.actor);
  const both = [keepId, otherId].map((contactId) => ({ workspaceId, contactId }));
  await lockConversationsOf(ctx.tx, both);
  for (const [contactId, from] of [
    [keepId, epochs.kept],
    [otherId, epochs.other],
  ] as const) {
    await restampQueued(ctx.tx, workspaceId, contactId, { from, to: epochs.joined });
  }
  for (const conversationId of await moveConversations(ctx.tx, workspaceId, otherId, keepId)) {
    ctx.notices.add(workspaceId, 'conversation', conversationId);
    await enqueueDelivery(ctx.tx, { workspaceId, conversationId });
  }
  const originals = await findAwaitedOriginals(ctx.tx, workspaceId, keepId);
  await openWindows(ctx, await settleEarly(ctx, originals));
  if (isBlocked) {
    // Once more, now that it has the identities and conversations of both.
    await askUpstream(ctx, keepId, { isBlocking: true });
  }
  ctx.notices.add(workspaceId, 'contact', keepId);
  ctx.notices.add(workspaceId, 'contact', otherId);
  await audit(ctx, {
    action: 'contacts.merged',
    subject: { kind: 'contact', id: keepId },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, keepId),
    details: { otherContactId: otherId, isBlocked },
  });
  return keepId;
};

/**
 * Two contacts turn out to be one person, says an administrator.
 * @param keepBlock false: whichever of them is blocked is unblocked first, which is recorded as any unblock
 * @throws AppError forbidden, contact-not-found, contact-merged
 */
export const mergeContacts = async (
  ctx: Ctx,
  a: string,
  b: string,
  { keepBlock = true }: { readonly keepBlock?: boolean } = {},
): Promise<string> => {
  requireCan(ctx.actor, 'contact.merge');
  const { workspaceId } = ctx.actor;
  const both = [a, b].map((contactId) => ({ workspaceId, contactId }));
  const locked = await lockContacts(ctx.tx, both);
  if (a === b || locked.length !== 2 || locked.some(({ isErased }) => isErased)) {
    throw notFound('contact');
  }
  if (locked.some((contact) => contact.mergedInto !== null)) {
    throw new AppError('contact-merged', 409);
  }
  if (!keepBlock) {
    await unblockContact(ctx, a);
    await unblockContact(ctx, b);
  }
  return mergeLockedContacts(ctx, a, b);
};
