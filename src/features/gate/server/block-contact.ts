import { requireCan } from '#features/accounts/server/index.ts';
import { lockWithHeirs } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { BlockReason } from '../contract.ts';
import { announceEnds, openBlock, tellBlocks } from './open-blocks.ts';
import { findOpenBlock, isInFuture, noteConfirmed, type OpenBlock, updateBlock } from './store.ts';
import { askUpstream } from './upstream/ask-upstream.ts';
import { endByClock } from './write-down-end.ts';

export interface BlockContactInput {
  readonly contactId: string;
  readonly reason: BlockReason;
  readonly note: string | null;
  readonly expiresAt: Date | null;
  /** Whether WhatsApp's own list is asked as well (G8); it is, unless somebody did not want it. */
  readonly upstream?: boolean;
  /** The block that is to be changed: when it holds no longer nobody is blocked anew, and no other block is changed. */
  readonly blockId?: string | undefined;
  /** A block that is there stays as it is, whoever made it. */
  readonly keepsStanding?: boolean;
  /** The number of ours on whose list at WhatsApp this person was found. */
  readonly adoptedFrom?: string;
}

interface WholeInput extends BlockContactInput {
  readonly upstream: boolean;
}

export interface MadeBlock {
  readonly blockId: string;
  /** False: it was there, and was changed. */
  readonly isNew: boolean;
}

/**
 * Shuts a contact out, for every channel and every identity known now or later (G3). A contact that is blocked already
 * keeps its block, with the new reason, note and end, or as it is (`keepsStanding`). Once this has committed and `awaitWire` has answered, nothing
 * goes through in either direction.
 * @throws AppError forbidden, contact-not-found, block-changed (409), block-end-in-the-past
 */
export const blockContact = async (ctx: Ctx, input: BlockContactInput): Promise<MadeBlock> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const contact = await lockWithHeirs(ctx.tx, workspaceId, input.contactId);
  if (contact === undefined || contact.mergedInto !== null) {
    throw notFound('contact');
  }
  const open = await findOpenBlock(ctx.tx, workspaceId, contact.id);
  // Before its end is looked at: of a block that the clock has ended, that one lies in the past.
  if (input.blockId !== undefined && !(open?.isActive && open.id === input.blockId)) {
    throw new AppError('block-changed', 409);
  }
  if (input.expiresAt !== null && !(await isInFuture(ctx.tx, input.expiresAt))) {
    throw new AppError('block-end-in-the-past', 422);
  }
  return openOrEdit(ctx, { ...input, upstream: input.upstream ?? true, cause: 'manual' }, open);
};

const openOrEdit = async (
  ctx: Ctx,
  input: WholeInput & { cause: 'manual' },
  open: OpenBlock | undefined,
): Promise<MadeBlock> => {
  const { workspaceId } = ctx.actor;
  if (open?.isActive) {
    const isSame =
      open.reason === input.reason &&
      open.note === input.note &&
      open.upstream === input.upstream &&
      open.expiresAt?.getTime() === input.expiresAt?.getTime();
    await noteConfirmed(ctx.tx, ctx.actor, open.id);
    if (!isSame && input.keepsStanding !== true) {
      await updateBlock(ctx.tx, workspaceId, open.id, input);
      await announceEnds(ctx, [{ ...input, id: open.id }]);
      await tellBlocks(ctx, 'gate.block-edited', [{ ...input, id: open.id }]);
      if (open.upstream !== input.upstream) {
        await askUpstream(ctx, input.contactId, { isBlocking: input.upstream });
      }
    }
    return { blockId: open.id, isNew: false };
  }
  if (open !== undefined) {
    await endByClock(ctx, input.contactId, open.id);
  }
  const id = await openBlock(ctx, input);
  if (id === null) {
    throw new AppError('block-end-in-the-past', 422);
  }
  return { blockId: id, isNew: true };
};
