import { requireCan } from '#features/accounts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { isWaiting } from './request-machine.ts';
import { acknowledge } from './request-store.ts';

/**
 * Whoever asked has read what was decided: it is not shown to them any more.
 * @throws AppError removal-request-not-found for everybody else, removal-request-open
 */
export const acknowledgeRequest = async (ctx: Ctx, requestId: string): Promise<void> => {
  requireCan(ctx.actor, 'removal.ask');
  const state = await acknowledge(ctx.tx, requestId, ctx.actor);
  if (state === undefined) {
    throw notFound('removal-request');
  }
  if (isWaiting(state)) {
    throw new AppError('removal-request-open', 409);
  }
};
