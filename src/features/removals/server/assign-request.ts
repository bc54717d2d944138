import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { lockKnown } from './apply-decisions.ts';
import { advance } from './request-machine.ts';
import { isReviewer, writeState } from './request-store.ts';

/**
 * Gives a request to somebody of the responsible team, or back to all of them; taking it is giving it to oneself.
 * @throws AppError forbidden, removal-request-not-found, removal-request-decided, member-not-found: nobody who may review
 */
export const assignRequest = async (
  ctx: Ctx,
  requestId: string,
  assigneeId: string | null,
): Promise<void> => {
  requireCan(ctx.actor, 'removal.review');
  const { workspaceId } = ctx.actor;
  const request = await lockKnown(ctx, requestId);
  if (assigneeId !== null && !(await isReviewer(ctx.tx, workspaceId, assigneeId))) {
    throw notFound('member');
  }
  const step = advance(request, { kind: 'assign', assigneeId });
  if (step.refusal !== null) {
    throw new AppError(step.refusal, 409);
  }
  if (assigneeId === request.assigneeId) {
    return;
  }
  await writeState(ctx.tx, workspaceId, requestId, step.request);
  await audit(ctx, {
    action: assigneeId === null ? 'removals.given-back' : 'removals.assigned',
    subject: { kind: 'removal-request', id: requestId },
    details: { number: request.number, ...(assigneeId !== null && { memberId: assigneeId }) },
  });
  ctx.notices.add(workspaceId, 'removal', requestId);
};
