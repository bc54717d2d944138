import { lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { unblockContact } from '../unblock-contact.ts';
import { finishUndo } from './undo-import.ts';
import { findNextMade, type MadeBlock } from './undo-queries.ts';
import { findUntouched, lockUndoing, markUndone, recordLifts } from './undo-store.ts';

/** So many rows share a transaction: each goes the whole way of an unblock, with the contacts of all locked meanwhile. */
const batchSize = 50;

/** @returns false where it is as it is: somebody was there before */
const lift = async (ctx: Ctx, contactId: string, blockId: string): Promise<boolean> => {
  try {
    return (await unblockContact(ctx, contactId, blockId)) !== null;
  } catch (error) {
    if (error instanceof AppError) {
      return false;
    }
    throw error;
  }
};

/** All contacts locked in order, then asked which of their blocks stand as the import made them. @returns how many were lifted */
const liftUntouched = async (
  ctx: Ctx,
  importId: string,
  made: readonly MadeBlock[],
): Promise<number> => {
  const { workspaceId } = ctx.actor;
  const standing = made.flatMap(({ contactId, blockId }) =>
    contactId === null ? [] : [{ workspaceId, contactId, blockId }],
  );
  await lockContacts(ctx.tx, standing);
  const ids = standing.map(({ blockId }) => blockId);
  const untouched = await findUntouched(ctx.tx, workspaceId, importId, ids);
  const lifted: string[] = [];
  for (const { contactId, blockId } of standing) {
    if (untouched.has(blockId) && (await lift(ctx, contactId, blockId))) lifted.push(blockId);
  }
  await markUndone(ctx.tx, workspaceId, lifted);
  return lifted.length;
};

/**
 * The next rows of an import that is undone, in one transaction; each block that is lifted goes the way of every unblock. Locks the
 * import first, as `applyRows` does.
 * @returns whether nothing is left to do
 */
export const undoRows = async (ctx: Ctx, importId: string): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  const undoing = await lockUndoing(ctx.tx, workspaceId, importId);
  if (undoing?.undoState !== 'running') {
    return true;
  }
  const from = { after: undoing.undoLine, limit: batchSize };
  const made = await findNextMade(ctx.tx, workspaceId, importId, from);
  const last = made.at(-1);
  if (last === undefined) {
    await finishUndo(ctx, importId, 'done');
    return true;
  }
  const lifted = await liftUntouched(ctx, importId, made);
  await recordLifts(ctx.tx, workspaceId, importId, { line: last.line, lifted });
  return false;
};
