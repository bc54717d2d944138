import type { Conversation } from '../../contract.ts';
import { hasAskedAbout } from './asked-about.ts';
import { getViewer } from './viewer.ts';

/**
 * Whether what is unread in a conversation is told to the person at this screen, by the tone and on the desktop: it is theirs or
 * nobody's, its contact is not blocked, and they have not asked for the block.
 */
export const concernsViewer = (conversation: Conversation): boolean => {
  if (conversation.isBlocked || conversation.unreadCount === 0) return false;
  if (conversation.isBlockRequested && hasAskedAbout(conversation.contactId)) return false;
  return conversation.assignee === null || conversation.assignee.id === getViewer();
};
