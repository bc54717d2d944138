import { requireCan } from '#features/accounts/server/index.ts';
import { findOrCreatePerson } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import type { BlockReason } from '../../contract.ts';
import { blockContact, type MadeBlock } from '../block-contact.ts';
import { askUpstream } from './ask-upstream.ts';
import { enqueueApply } from './job-names.ts';
import {
  askRemoval,
  deleteStranger,
  findStranger,
  lockStranger,
  markListed,
} from './stranger-store.ts';

/**
 * Somebody who is on WhatsApp's list becomes a contact who is blocked here as well, from now on like any other.
 * @returns block and contact
 * @throws AppError forbidden, block-difference-not-found
 */
export const adoptListed = async (
  ctx: Ctx,
  id: string,
  input: { readonly reason: BlockReason; readonly note: string | null },
): Promise<MadeBlock & { contactId: string }> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const stranger = await findStranger(ctx.tx, workspaceId, id);
  if (stranger === undefined) {
    throw notFound('block-difference');
  }
  const { channelId, phone, bsuid } = stranger;
  const contactId = await findOrCreatePerson(ctx, {
    ...(phone === null ? {} : { phone }),
    ...(bsuid === null ? {} : { bsuid }),
  });
  const block = { ...input, contactId, expiresAt: null, upstream: true };
  const made = await blockContact(ctx, block);
  // After the contact, whose lock comes first everywhere: somebody else may have decided meanwhile.
  if (!(await deleteStranger(ctx.tx, workspaceId, id))) {
    throw notFound('block-difference');
  }
  await askUpstream(ctx, contactId, { isBlocking: true, onlyOn: channelId });
  await markListed(ctx.tx, { workspaceId, channelId }, contactId);
  return { ...made, contactId };
};

/**
 * Has somebody taken off WhatsApp's list who is not blocked here.
 * @throws AppError forbidden, block-difference-not-found
 */
export const removeListed = async (ctx: Ctx, id: string): Promise<void> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const stranger = await lockStranger(ctx.tx, workspaceId, id);
  if (stranger === undefined) {
    throw notFound('block-difference');
  }
  await askRemoval(ctx.tx, workspaceId, id);
  await enqueueApply(ctx.tx, { workspaceId, channelId: stranger.channelId });
  await audit(ctx, {
    action: 'gate.removal-from-block-list-asked',
    subject: { kind: 'channel', id: stranger.channelId },
  });
};
