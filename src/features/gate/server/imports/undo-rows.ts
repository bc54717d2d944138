import { lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { unblockContact } from '../unblock-contact.ts';
import { finishUndo } from './undo-import.ts';
import { findStanding, type StandingBlock } from './undo-queries.ts';
import { findUntouched, lockUndoing, recordLifts } from './undo-store.ts';

/** So many share a transaction: each goes the whole way of an unblock, with the contacts of all locked meanwhile. */
const batchSize = 50;

/** @returns false where it is as it is: somebody was there before */
const lift = async (ctx: Ctx, { contactId, blockId }: StandingBlock): Promise<boolean> => {
  try {
    return (await unblockContact(ctx, contactId, blockId)) !== null;
  } catch (error) {
    if (error instanceof AppError) {
      return false;
    }
    throw error;
  }
};

/**
 * The next blocks of an import that is undone, in one transaction: all their contacts locked in order, then asked once more which
 * of them stand as the import made them, and each of those lifted as any block is. Locks the import first, as `applyRows` does.
 * @returns whether nothing is left to do
 */
export const undoRows = async (ctx: Ctx, importId: string): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  const undoing = await lockUndoing(ctx.tx, workspaceId, importId);
  if (undoing?.undoState !== 'running') {
    return true;
  }
  const from = { after: undoing.undoLine, limit: batchSize };
  const standing = await findStanding(ctx.tx, workspaceId, importId, from);
  if (standing.length === 0) {
    await finishUndo(ctx, importId, 'done');
    return true;
  }
  await lockContacts(
    ctx.tx,
    standing.map(({ contactId }) => ({ workspaceId, contactId })),
  );
  const ids = standing.map(({ blockId }) => blockId);
  const untouched = await findUntouched(ctx.tx, workspaceId, importId, ids);
  let lifted = 0;
  for (const block of standing) {
    if (untouched.has(block.blockId) && (await lift(ctx, block))) lifted += 1;
  }
  const line = standing.at(-1)?.line ?? undoing.undoLine;
  const done = { line, lifted, kept: standing.length - lifted };
  await recordLifts(ctx.tx, workspaceId, importId, done);
  return false;
};
