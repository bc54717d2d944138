import { requireCan } from '#features/accounts/server/index.ts';
import { findMaskedNumber, lockContacts } from '#features/contacts/server/index.ts';
import { publish } from '#features/webhooks/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { newId } from '#platform/shared/ids.ts';
import type { BlockCause, BlockReason } from '../contract.ts';
import { announceEndJob, stopQueuedJob } from './job-names.ts';
import { approveByBlock } from './requests/close-request.ts';
import { findOpenBlock, insertBlock, isInFuture, updateBlock } from './store.ts';
import { askUpstream } from './upstream/ask-upstream.ts';
import { endByClock } from './write-down-end.ts';

export interface BlockContactInput {
  readonly contactId: string;
  readonly reason: BlockReason;
  readonly note: string | null;
  readonly expiresAt: Date | null;
  /** Whether WhatsApp's own list is asked as well (G8); it is, unless somebody did not want it. */
  readonly upstream?: boolean;
}

interface WholeInput extends BlockContactInput {
  readonly upstream: boolean;
}

/**
 * Shuts a contact out, for every channel and every identity known now or later (G3). A contact that is blocked already
 * keeps its block, with the new reason, note and end. Once this has committed and `awaitWire` has answered, nothing
 * goes through in either direction.
 * @returns the block's id
 * @throws AppError forbidden, contact-not-found, block-end-in-the-past
 */
export const blockContact = async (ctx: Ctx, input: BlockContactInput): Promise<string> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const [contact] = await lockContacts(ctx.tx, [{ workspaceId, contactId: input.contactId }]);
  if (contact === undefined || contact.mergedInto !== null) {
    throw notFound('contact');
  }
  if (input.expiresAt !== null && !(await isInFuture(ctx.tx, input.expiresAt))) {
    throw new AppError('block-end-in-the-past', 422);
  }
  return openOrEdit(ctx, { ...input, upstream: input.upstream ?? true, cause: 'manual' });
};

const openOrEdit = async (ctx: Ctx, input: WholeInput & { cause: 'manual' }): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const open = await findOpenBlock(ctx.tx, workspaceId, input.contactId);
  if (open?.isActive) {
    const isSame =
      open.reason === input.reason &&
      open.note === input.note &&
      open.upstream === input.upstream &&
      open.expiresAt?.getTime() === input.expiresAt?.getTime();
    if (!isSame) {
      await updateBlock(ctx.tx, workspaceId, open.id, input);
      await announceEnd(ctx, input.contactId, open.id, input.expiresAt);
      await tell(ctx, 'gate.block-edited', input.contactId, open.id, input);
      if (open.upstream !== input.upstream) {
        await askUpstream(ctx, input.contactId, { isBlocking: input.upstream });
      }
    }
    return open.id;
  }
  if (open !== undefined) {
    await endByClock(ctx, input.contactId, open.id);
  }
  const id = await openBlock(ctx, input);
  if (id === null) {
    throw new AppError('block-end-in-the-past', 422);
  }
  return id;
};

/**
 * Opens a block on a locked contact that has none active; also what a number change, a merge and a split do. Whoever asked for
 * one has it.
 * @returns null when its end has come meanwhile
 */
export const openBlock = async (
  ctx: Ctx,
  input: WholeInput & { cause: BlockCause },
): Promise<string | null> => {
  const { workspaceId } = ctx.actor;
  const id = newId();
  if (!(await insertBlock(ctx.tx, { ...input, workspaceId, id, actor: ctx.actor }))) {
    return null;
  }
  await enqueue(ctx.tx, stopQueuedJob, { workspaceId, contactId: input.contactId });
  await announceEnd(ctx, input.contactId, id, input.expiresAt);
  const maskedNumber = await tell(ctx, 'gate.contact-blocked', input.contactId, id, input);
  const { contactId, reason, cause, expiresAt } = input;
  const data = { blockId: id, reason, cause, expiresAt: expiresAt?.toISOString() ?? null };
  await publish(ctx, { type: 'contact.blocked', data }, { contactId, maskedNumber });
  await approveByBlock(ctx, input.contactId, id);
  await askUpstream(ctx, input.contactId, { isBlocking: input.upstream });
  return id;
};

/** The end by the clock needs no job to hold (G9); this one only tells the open screens. */
const announceEnd = async (
  ctx: Ctx,
  contactId: string,
  blockId: string,
  expiresAt: Date | null,
): Promise<void> => {
  if (expiresAt !== null) {
    const payload = { workspaceId: ctx.actor.workspaceId, contactId };
    await enqueue(ctx.tx, announceEndJob, payload, {
      key: `block-end:${blockId}`,
      runAt: expiresAt,
    });
  }
};

/** @returns the number as it may be told */
const tell = async (
  ctx: Ctx,
  action: string,
  contactId: string,
  blockId: string,
  block: { reason: BlockReason; expiresAt: Date | null; cause: string; upstream: boolean },
): Promise<string> => {
  ctx.notices.add(ctx.actor.workspaceId, 'contact', contactId);
  const maskedNumber = await findMaskedNumber(ctx.tx, ctx.actor.workspaceId, contactId);
  await audit(ctx, {
    action,
    subject: { kind: 'contact', id: contactId },
    maskedNumber,
    details: {
      blockId,
      reason: block.reason,
      cause: block.cause,
      upstream: block.upstream,
      expiresAt: block.expiresAt?.toISOString() ?? null,
    },
  });
  return maskedNumber;
};
