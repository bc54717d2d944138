import { requireCan } from '#features/accounts/server/index.ts';
import type { Message } from '#features/conversations/contract.ts';
import {
  findMessages,
  findRemovable,
  insertCoverReveal,
  readCovered,
} from '#features/conversations/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { lockKnown } from './apply-decisions.ts';

/**
 * Looks under the cover of one item, for whoever reviews. Each look is in the audit log; from the first one on the files
 * of the message are given to this person, and to nobody else.
 * @throws AppError forbidden, removal-request-not-found, message-not-found, removal-request-decided: it is gone
 */
export const revealItem = async (
  ctx: Ctx,
  requestId: string,
  messageId: string,
): Promise<Message> => {
  requireCan(ctx.actor, 'removal.review');
  const [found] = await findRemovable(ctx, [messageId]);
  const request = await lockKnown(ctx, requestId);
  if (!request.items.some((item) => item.messageId === messageId)) {
    throw notFound('message');
  }
  if (found?.withheld === 'removed') {
    throw new AppError('removal-request-decided', 409);
  }
  if (found?.withheld === 'covered') {
    await insertCoverReveal(ctx, requestId, messageId);
    await audit(ctx, {
      action: 'removals.revealed',
      subject: { kind: 'message', id: messageId },
      details: { requestId, number: request.number },
    });
  }
  // What no request covers (any more) is told as anywhere else: without a record nobody sees more, covered media included.
  const { tx, actor } = ctx;
  const [message] =
    found?.withheld === 'covered'
      ? await readCovered(tx, actor.workspaceId, [messageId])
      : await findMessages(tx, actor.workspaceId, [messageId], actor);
  if (message === undefined) {
    throw notFound('message');
  }
  return message;
};
