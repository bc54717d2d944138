import type { Ctx } from '#platform/server/deps.ts';
import { linkUnlinkedReplies, type Original } from './message-store.ts';

/**
 * Replies may come before what they answer, beside it in one batch, or before the channel has told its id of a message
 * of ours. Whoever makes such an id known says so here.
 */
export const linkReplies = async (ctx: Ctx, originals: readonly Original[]): Promise<void> => {
  for (const reply of await linkUnlinkedReplies(ctx.tx, originals)) {
    ctx.notices.add(reply.workspaceId, 'message', reply.id);
  }
};
