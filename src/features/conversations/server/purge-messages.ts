import { forgetMedia } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { endForGood } from './end-for-good.ts';
import { deleteMessages, lockPurgeable, settlePreviews } from './purge-store.ts';

/**
 * Takes messages out for good: text, payload, file and thumbnail, reactions of both sides, what requests were answered,
 * what lists show. What remains is a keyed hash of each one's id, so that nothing brings it again. A quotation shows its
 * source by looking it up, so it is empty from then on; copies that were forwarded are messages of their own and stay.
 * What waits to be sent, or is being sent, is left out.
 * @returns how many went
 */
export const purgeMessages = async (ctx: Ctx, ids: readonly string[]): Promise<number> => {
  const { workspaceId } = ctx.actor;
  const messages = await lockPurgeable(ctx.tx, workspaceId, ids);
  if (messages.length === 0) {
    return 0;
  }
  await endForGood(ctx, messages);
  for (const { id } of messages) {
    await forgetMedia(ctx, { workspaceId, id });
  }
  await deleteMessages(
    ctx.tx,
    workspaceId,
    messages.map(({ id }) => id),
  );
  const conversationIds = [...new Set(messages.map((message) => message.conversationId))];
  await settlePreviews(ctx.tx, workspaceId, conversationIds);
  for (const id of conversationIds) {
    ctx.notices.add(workspaceId, 'conversation', id);
  }
  return messages.length;
};
