import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { findSeen } from './request-queries.ts';
import { insertComment } from './request-store.ts';

/**
 * A word between those who asked and the responsible team, whatever the state of the request.
 * @returns the comment's id
 * @throws AppError forbidden, removal-request-not-found for whoever neither asked nor reviews
 */
export const commentRequest = async (
  ctx: Ctx,
  requestId: string,
  text: string,
): Promise<string> => {
  requireCan(ctx.actor, 'removal.ask');
  const { number } = await findSeen(ctx.tx, ctx.actor, requestId);
  const id = newId();
  await insertComment(ctx.tx, ctx.actor, { id, requestId, text });
  await audit(ctx, {
    action: 'removals.commented',
    subject: { kind: 'removal-request', id: requestId },
    details: { number },
  });
  ctx.notices.add(ctx.actor.workspaceId, 'removal', requestId);
  return id;
};
