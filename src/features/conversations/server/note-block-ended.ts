import { lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { lockConversationsOf } from './conversation-store.ts';
import { insertActivity } from './message-store.ts';

/** A line in every conversation of the contact: that the block is over, and nothing of why or by whom it was. */
export const noteBlockEnded = async (ctx: Ctx, contactId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const contact = { workspaceId, contactId };
  await lockContacts(ctx.tx, [contact]);
  for (const place of await lockConversationsOf(ctx.tx, [contact])) {
    const id = newId();
    const row = { ...place, id, conversationId: place.id, author: ctx.actor };
    await insertActivity(ctx.tx, row, { event: 'block-ended' });
    ctx.notices.add(workspaceId, 'message', id);
  }
};
