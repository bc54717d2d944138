import { findRemovable } from '#features/conversations/server/index.ts';
import { deleteMatch, lockMatch, setMatchRequest } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { removalReasonSchema } from '../../contract.ts';
import { suggestRemoval } from '../open-request.ts';

/**
 * A message whose file is like something removed: covers it and asks the team, for the reason of then. Until this has committed
 * the file is given to nobody. What somebody said meanwhile is not the same is let go.
 * @throws AppError message-not-found when it was deleted meanwhile
 */
export const suggestRepeat = async (ctx: Ctx, messageId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  // Contact and messages before the match, as everybody who stores one.
  const [message] = await findRemovable(ctx, [messageId]);
  const match = await lockMatch(ctx.tx, workspaceId, messageId);
  if (match === undefined || match.requestId !== null) {
    return;
  }
  if (match.isRetired || message?.withheld === 'removed') {
    await deleteMatch(ctx.tx, workspaceId, messageId);
    ctx.notices.add(workspaceId, 'message', messageId);
    return;
  }
  const reason = removalReasonSchema.parse(match.print.reason);
  const { requests } = await suggestRemoval(ctx, { messageIds: [messageId], reason });
  const [request] = requests;
  if (request === undefined) {
    throw new Error('a suggestion without a request');
  }
  await setMatchRequest(ctx.tx, workspaceId, messageId, request.id);
};
