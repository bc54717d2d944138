import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { BlockImport } from '../../imports/contract.ts';
import { findImport } from './import-queries.ts';
import { endImport, markApplying } from './import-store.ts';
import { enqueueImport } from './job-names.ts';

const existing = async (ctx: Ctx, importId: string): Promise<BlockImport> => {
  const found = await findImport(ctx.tx, ctx.actor.workspaceId, importId);
  if (found === undefined || found.state === 'reading') {
    throw notFound('block-import');
  }
  return found;
};

/**
 * What was planned begins to be done.
 * @throws AppError block-import-not-found, import-not-ready (it is under way, or over)
 */
export const startImport = async (ctx: Ctx, importId: string): Promise<BlockImport> => {
  requireCan(ctx.actor, 'block.manage');
  await existing(ctx, importId);
  if (!(await markApplying(ctx.tx, ctx.actor, importId))) {
    throw new AppError('import-not-ready', 409);
  }
  const { workspaceId } = ctx.actor;
  await enqueueImport(ctx.tx, { workspaceId, importId });
  const started = await existing(ctx, importId);
  await audit(ctx, { action: 'gate.import-started', details: { importId, rows: started.rows } });
  return started;
};

/** How it ended, for the audit log too. Nothing happens to one that has ended before. */
export const finishImport = async (
  ctx: Ctx,
  importId: string,
  state: 'done' | 'cancelled' | 'failed',
): Promise<void> => {
  const { tx, actor } = ctx;
  const before = await findImport(tx, actor.workspaceId, importId);
  if (!(await endImport(tx, actor.workspaceId, importId, state))) {
    return;
  }
  if (before?.startedAt == null) {
    await audit(ctx, { action: 'gate.import-discarded', details: { importId } });
    return;
  }
  const { done } = await existing(ctx, importId);
  await audit(ctx, {
    action: `gate.import-${state}`,
    details: {
      importId,
      blocked: done.blocked,
      edited: done.edited,
      unchanged: done.unchanged,
      notDone: done['not-done'],
    },
  });
};

/**
 * Ends an import: what it has done stays, and the rest is not done. What was only read is forgotten by this, except for its
 * lines. @throws AppError block-import-not-found
 */
export const cancelImport = async (ctx: Ctx, importId: string): Promise<BlockImport> => {
  requireCan(ctx.actor, 'block.manage');
  await existing(ctx, importId);
  await finishImport(ctx, importId, 'cancelled');
  return existing(ctx, importId);
};
