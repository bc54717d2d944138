import { notePrints } from '#features/journal/server/index.ts';
import { printRemoved } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { RemovalReason } from '../../contract.ts';
import { findPrintReason } from './repeat-store.ts';

/**
 * Keeps fingerprints of what a request is about to remove: to be called before the messages let go of their files.
 * @returns why it removes
 */
export const printRequest = async (
  ctx: Ctx,
  requestId: string,
  messageIds: readonly string[],
): Promise<RemovalReason> => {
  const reason = await findPrintReason(ctx.tx, ctx.actor.workspaceId, requestId);
  await notePrints(ctx, requestId, await printRemoved(ctx, { requestId, reason, messageIds }));
  return reason;
};
