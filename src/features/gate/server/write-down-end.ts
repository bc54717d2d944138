import type { Ctx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { noteBlockEndedJob } from './job-names.ts';
import { findOpenBlock, liftBlock } from './store.ts';

/**
 * The contact is locked. Its block ended when it was to end (G9); from here on that is written down as well, and noted in
 * the conversations, once.
 */
export const writeDownEnd = async (ctx: Ctx, contactId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const open = await findOpenBlock(ctx.tx, workspaceId, contactId);
  if (open !== undefined && !open.isActive) {
    await liftBlock(ctx.tx, workspaceId, open.id, 'clock');
    await enqueue(ctx.tx, noteBlockEndedJob, { workspaceId, contactId });
  }
};
