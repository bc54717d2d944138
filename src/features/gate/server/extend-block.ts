import type { Ctx } from '#platform/server/deps.ts';
import { openBlock } from './block-contact.ts';
import {
  findOpenBlock,
  type JoinedEpochs,
  joinEpochs,
  liftBlock,
  moveBlocks,
  type OpenBlock,
} from './store.ts';

/**
 * A blocked person took over an identity that another contact holds: the other is blocked as well, by a row of its own
 * that can be lifted alone (docs/gate.md, identities). Both contacts are locked.
 */
export const extendBlock = async (
  ctx: Ctx,
  fromContactId: string,
  toContactId: string,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const source = await findOpenBlock(ctx.tx, workspaceId, fromContactId);
  const target = await findOpenBlock(ctx.tx, workspaceId, toContactId);
  if (!source?.isActive || target?.isActive) {
    return;
  }
  if (target !== undefined) {
    await liftBlock(ctx.tx, workspaceId, target.id, 'clock');
  }
  await openBlock(ctx, { ...source, contactId: toContactId, cause: 'number-change' });
};

/** Null = without end. */
const lastsLonger = (a: OpenBlock, b: OpenBlock): OpenBlock =>
  a.expiresAt === null || (b.expiresAt !== null && a.expiresAt >= b.expiresAt) ? a : b;

export interface MergedBlocks {
  readonly isBlocked: boolean;
  readonly epochs: JoinedEpochs;
}

/**
 * The gate's part of a merge, both contacts locked: all blocks move to the one that remains. When either was blocked,
 * that block ends here and a new one begins on the one that remains, so that its epoch rises and every row that moves
 * is older than it. Of two blocks the one that ends later goes on.
 * @returns whether the remaining contact is blocked, and under which epochs its queued messages were accepted
 */
export const mergeBlocks = async (
  ctx: Ctx,
  keepId: string,
  otherId: string,
): Promise<MergedBlocks> => {
  const { workspaceId } = ctx.actor;
  const epochs = await joinEpochs(ctx.tx, workspaceId, keepId, otherId);
  const kept = await findOpenBlock(ctx.tx, workspaceId, keepId);
  const other = await findOpenBlock(ctx.tx, workspaceId, otherId);
  for (const open of [kept, other]) {
    if (open !== undefined) {
      await liftBlock(ctx.tx, workspaceId, open.id, open.isActive ? ctx.actor : 'clock');
    }
  }
  await moveBlocks(ctx.tx, workspaceId, otherId, keepId);
  const active = [kept, other].flatMap((open) => (open?.isActive ? [open] : []));
  if (active.length === 0) {
    return { isBlocked: false, epochs };
  }
  const source = active.reduce(lastsLonger);
  const id = await openBlock(ctx, { ...source, contactId: keepId, cause: 'merge' });
  return { isBlocked: id !== null, epochs };
};
