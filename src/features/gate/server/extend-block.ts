import { findMaskedNumber } from '#features/contacts/server/index.ts';
import { publish } from '#features/webhooks/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { openBlock } from './open-blocks.ts';
import { tellJoined } from './requests/close-request.ts';
import { moveRequests } from './requests/request-store.ts';
import {
  findOpenBlock,
  type JoinedEpochs,
  joinEpochs,
  liftBlock,
  moveBlocks,
  noteTouched,
  type OpenBlock,
} from './store.ts';
import { moveUpstreamRows } from './upstream/row-store.ts';
import { endByClock } from './write-down-end.ts';

/** Null = without end. */
const lastsLonger = (a: OpenBlock, b: OpenBlock): boolean =>
  b.expiresAt !== null && (a.expiresAt === null || a.expiresAt > b.expiresAt);

/** Its place is taken by another block, which is told by itself. */
const close = async (
  ctx: Ctx,
  contactId: string,
  open: OpenBlock,
  cause: 'merge' | 'number-change' | 'manual',
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  if (!open.isActive) {
    await endByClock(ctx, contactId, open.id);
    return;
  }
  await liftBlock(ctx.tx, workspaceId, open.id, ctx.actor);
  const maskedNumber = await findMaskedNumber(ctx.tx, workspaceId, contactId);
  const data = { blockId: open.id, cause };
  await publish(ctx, { type: 'contact.unblocked', data }, { contactId, maskedNumber });
};

/**
 * A blocked person took over an identity that another contact holds: the other is blocked as well, by a row of its own
 * that can be lifted alone (docs/gate.md, identities). Were it blocked for a shorter time, it would open before the
 * person's block ends: the longer one goes on. Both contacts are locked.
 * @param cause `manual` when a person decided so
 */
export const extendBlock = async (
  ctx: Ctx,
  fromContactId: string,
  toContactId: string,
  cause: 'number-change' | 'manual' = 'number-change',
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const source = await findOpenBlock(ctx.tx, workspaceId, fromContactId);
  const target = await findOpenBlock(ctx.tx, workspaceId, toContactId);
  if (!source?.isActive) {
    return;
  }
  if (target?.isActive && !lastsLonger(source, target)) {
    await noteTouched(ctx.tx, workspaceId, [target.id]);
    return;
  }
  if (target !== undefined) {
    await close(ctx, toContactId, target, cause);
  }
  await openBlock(ctx, { ...source, contactId: toContactId, cause });
};

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
  for (const [contactId, open] of [
    [keepId, kept],
    [otherId, other],
  ] as const) {
    if (open !== undefined) {
      await close(ctx, contactId, open, 'merge');
    }
  }
  await moveBlocks(ctx.tx, workspaceId, otherId, keepId);
  const joined = await moveRequests(ctx.tx, workspaceId, otherId, keepId);
  if (joined !== undefined) {
    await tellJoined(ctx, keepId, joined);
  }
  await moveUpstreamRows(ctx.tx, workspaceId, otherId, keepId);
  const active = [kept, other].flatMap((open) => (open?.isActive ? [open] : []));
  if (active.length === 0) {
    return { isBlocked: false, epochs };
  }
  const source = active.reduce((a, b) => (lastsLonger(b, a) ? b : a));
  const id = await openBlock(ctx, { ...source, contactId: keepId, cause: 'merge' });
  return { isBlocked: id !== null, epochs };
};
