import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { BlockImport } from '../../imports/contract.ts';
import { findImport } from './import-queries.ts';
import { enqueueUndo } from './job-names.ts';
import { previewUndo } from './undo-queries.ts';
import { endUndo, lockUndoing, markUndoing } from './undo-store.ts';

const existing = async (ctx: Ctx, importId: string): Promise<BlockImport> => {
  const found = await findImport(ctx.tx, ctx.actor.workspaceId, importId);
  if (found === undefined || found.state === 'reading') {
    throw notFound('block-import');
  }
  return found;
};

/**
 * The blocks that this import made, and that stand as it made them, begin to be lifted. Twice is once: while it is under way, and
 * where nothing is left to lift, nothing happens.
 * @throws AppError block-import-not-found, import-not-ended
 */
export const startUndo = async (ctx: Ctx, importId: string): Promise<BlockImport> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  await lockUndoing(ctx.tx, workspaceId, importId);
  const found = await existing(ctx, importId);
  if (found.endedAt === null) {
    throw new AppError('import-not-ended', 409);
  }
  if (found.undo?.state === 'running') {
    return found;
  }
  const { standing } = await previewUndo(ctx.tx, workspaceId, importId, found.done.blocked);
  if (standing === 0 || !(await markUndoing(ctx.tx, ctx.actor, importId, standing))) {
    return found;
  }
  await enqueueUndo(ctx.tx, { workspaceId, importId });
  await audit(ctx, { action: 'gate.import-undo-started', details: { importId, blocks: standing } });
  return existing(ctx, importId);
};

/** How it ended, for the audit log too; each block that was lifted has an event of its own. */
export const finishUndo = async (
  ctx: Ctx,
  importId: string,
  state: 'done' | 'failed',
): Promise<void> => {
  if (!(await endUndo(ctx.tx, ctx.actor.workspaceId, importId, state))) {
    return;
  }
  const { undo } = await existing(ctx, importId);
  await audit(ctx, {
    action: state === 'done' ? 'gate.import-undone' : 'gate.import-undo-failed',
    details: { importId, lifted: undo?.lifted ?? 0, kept: undo?.kept ?? 0 },
  });
};
