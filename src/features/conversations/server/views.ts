import type { Viewer } from '#features/media/server/index.ts';
import type { ChangeNotice } from '#platform/server/announce.ts';
import type { Db } from '#platform/server/deps.ts';
import type { Changes } from '../contract.ts';
import { findConversations, findConversationsOfContacts } from './conversation-queries.ts';
import { findChangedMessages } from './message-queries.ts';

/**
 * What the open screens of a workspace are told after a commit: read once for all of them. No detail of a block is in
 * it, so one view serves every role.
 * @param viewer all screens, or those of people who have all media covered
 */
export const viewChanges = async (
  db: Db,
  notice: ChangeNotice,
  viewer: Exclude<Viewer, object> = 'everybody',
): Promise<Changes> => {
  const { workspaceId } = notice;
  const byContact = await findConversationsOfContacts(db, workspaceId, notice.contactIds);
  const conversationIds = [...new Set([...notice.conversationIds, ...byContact])];
  const [conversations, messages] = await Promise.all([
    findConversations(db, workspaceId, conversationIds, viewer),
    findChangedMessages(db, workspaceId, notice.messageIds, viewer),
  ]);
  return {
    conversations,
    // Oldest first: a screen appends them in this order.
    messages: messages.reverse(),
    contactIds: [...notice.contactIds],
    removalIds: [...notice.removalIds],
    membersChanged: notice.memberIds.length > 0,
    refetch: notice.refetch,
  };
};
