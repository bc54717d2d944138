import type { Ctx } from '#platform/server/deps.ts';
import { type FamilyMember, findQuoting } from './lineage-store.ts';

/** Every screen that shows one of these hears of it: in its thread, where it is quoted, in the list. */
export const tellWithheld = async (ctx: Ctx, messages: readonly FamilyMember[]): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const ids = messages.map(({ id }) => id);
  for (const { id, conversationId } of messages) {
    ctx.notices.add(workspaceId, 'message', id);
    ctx.notices.add(workspaceId, 'conversation', conversationId);
  }
  for (const id of await findQuoting(ctx.tx, workspaceId, ids)) {
    ctx.notices.add(workspaceId, 'message', id);
  }
};
