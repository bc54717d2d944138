import { requireCan } from '#features/accounts/server/index.ts';
import { findOrCreatePerson, maskIdentity } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import type { BlockReason } from '../../contract.ts';
import { blockContact, type MadeBlock } from '../block-contact.ts';
import { findOpenBlock } from '../store.ts';
import { askUpstreamOf } from './ask-upstream.ts';
import { noteIdentities } from './heal-store.ts';
import { enqueueApply } from './job-names.ts';
import {
  askRemoval,
  deleteStranger,
  findStranger,
  lockStranger,
  markListed,
  type Stranger,
} from './stranger-store.ts';

interface Adoption {
  readonly reason: BlockReason;
  readonly note: string | null;
  /** Null or absent: without end. */
  readonly expiresAt?: Date | null;
}

/** Whoever is blocked by now keeps that block, with its reason, note and end: the difference is over. The contact is locked. */
const blockAdopted = async (
  ctx: Ctx,
  contactId: string,
  input: Adoption & { readonly adoptedFrom: string },
): Promise<MadeBlock & { contactId: string; upstream: boolean }> => {
  const open = await findOpenBlock(ctx.tx, ctx.actor.workspaceId, contactId);
  if (open?.isActive) {
    return { contactId, blockId: open.id, isNew: false, upstream: open.upstream };
  }
  const block = { ...input, contactId, expiresAt: input.expiresAt ?? null, upstream: true };
  return { ...(await blockContact(ctx, block)), contactId, upstream: true };
};

/** The difference is settled; after the contacts, whose locks come first everywhere: somebody else may have decided meanwhile. */
const settle = async (
  ctx: Ctx,
  { id, channelId }: Stranger,
  contactIds: readonly string[],
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  if (!(await deleteStranger(ctx.tx, workspaceId, id))) {
    throw notFound('block-difference');
  }
  await askUpstreamOf(ctx, contactIds, { isBlocking: true, onlyOn: channelId });
  await markListed(ctx.tx, { workspaceId, channelId }, contactIds);
  // Known by another name from now on, on the other numbers too.
  await noteIdentities(ctx.tx, workspaceId, contactIds);
};

/**
 * Somebody who is on WhatsApp's list becomes a contact who is blocked here as well, from now on like any other, under every
 * name that the list tells. Of a number and an account that are two contacts' both are blocked.
 * @returns block and contact
 * @throws AppError forbidden, block-difference-not-found, block-end-in-the-past
 */
export const adoptListed = async (
  ctx: Ctx,
  id: string,
  input: Adoption,
): Promise<MadeBlock & { contactId: string; alsoBlocked: readonly string[] }> => {
  requireCan(ctx.actor, 'block.manage');
  const stranger = await findStranger(ctx.tx, ctx.actor.workspaceId, id);
  if (stranger === undefined) {
    throw notFound('block-difference');
  }
  const { channelId, phone, bsuid, portfolioId } = stranger;
  const people = await findOrCreatePerson(ctx, {
    ...(phone === null ? {} : { phone }),
    ...(bsuid === null ? {} : { bsuid }),
    ...(portfolioId === null ? {} : { portfolioId }),
  });
  const blocks = [];
  for (const contactId of people) {
    blocks.push(await blockAdopted(ctx, contactId, { ...input, adoptedFrom: channelId }));
  }
  await settle(
    ctx,
    stranger,
    blocks.filter(({ upstream }) => upstream).map(({ contactId }) => contactId),
  );
  const [first, ...others] = blocks;
  if (first === undefined) {
    throw new Error('somebody who is on a list is nobody');
  }
  const { blockId, isNew, contactId } = first;
  return { blockId, isNew, contactId, alsoBlocked: others.map((other) => other.contactId) };
};

const maskedName = ({ phone, bsuid }: Stranger): string =>
  phone === null ? maskIdentity('bsuid', bsuid ?? '') : maskIdentity('phone', phone);

/**
 * Has somebody taken off WhatsApp's list who is not blocked here.
 * @throws AppError forbidden, block-difference-not-found
 */
export const removeListed = async (ctx: Ctx, id: string): Promise<void> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const stranger = await lockStranger(ctx.tx, workspaceId, id);
  if (!stranger?.isOpen) {
    throw notFound('block-difference');
  }
  const { channelId, contactId } = stranger;
  await askRemoval(ctx.tx, workspaceId, id);
  await enqueueApply(ctx.tx, { workspaceId, channelId });
  await audit(ctx, {
    action: 'gate.removal-from-block-list-asked',
    subject:
      contactId === null ? { kind: 'block-difference', id } : { kind: 'contact', id: contactId },
    maskedNumber: maskedName(stranger),
    details: { channelId },
  });
};
