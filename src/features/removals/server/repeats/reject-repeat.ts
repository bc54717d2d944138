import { requireCan } from '#features/accounts/server/index.ts';
import { findRemovable } from '#features/conversations/server/index.ts';
import { lockMatch, retirePrint, retirePrintsOf } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { applyDecisions, lockKnown } from '../apply-decisions.ts';
import { recordRetired } from './retire-kept.ts';

/**
 * _Não é a mesma_: the fingerprints that would cover this file match nothing any more, and the message is kept, unless that is
 * decided already.
 * @throws AppError forbidden, removal-request-not-found, message-not-found, print-not-found: no fingerprint covered it, or it
 *   was retired before
 */
export const rejectRepeat = async (
  ctx: Ctx,
  requestId: string,
  messageId: string,
): Promise<void> => {
  requireCan(ctx.actor, 'removal.review');
  const { workspaceId } = ctx.actor;
  await findRemovable(ctx, [messageId]);
  const request = await lockKnown(ctx, requestId);
  const match = await lockMatch(ctx.tx, workspaceId, messageId);
  if (match?.requestId !== requestId) {
    throw notFound('print');
  }
  await retirePrint(ctx, match.print.id);
  await retirePrintsOf(ctx, messageId);
  await recordRetired(ctx, request, messageId);
  ctx.notices.add(workspaceId, 'removal', requestId);
  if (request.items.some((item) => item.messageId === messageId && item.state === 'open')) {
    await applyDecisions(ctx, requestId, {
      items: [{ messageId, decision: 'keep', reason: 'not-the-same' }],
      answer: null,
    });
  }
};
