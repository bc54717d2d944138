import { getPreference } from '#platform/web/preferences.ts';
import type { Changes, Message } from '../contract.ts';
import { playArrivalTone } from './arrival-tone.ts';
import { hasAskedAbout } from './data/asked-about.ts';
import { getOpenConversationId } from './data/open-conversation.ts';
import { getViewer } from './data/viewer.ts';

const heard = new Set<string>();

/** Changes come again for an edit or a reaction; a tone is for a message that is new and that concerns this person. */
const isNews = (message: Message, changes: Changes): boolean => {
  const conversation = changes.conversations.find(({ id }) => id === message.conversationId);
  if (!conversation || conversation.isBlocked || conversation.unreadCount === 0) return false;
  if (conversation.isBlockRequested && hasAskedAbout(conversation.contactId)) return false;
  if (conversation.lastMessage?.id !== message.id || heard.has(message.id)) return false;
  return conversation.assignee === null || conversation.assignee.id === getViewer();
};

const isLookedAt = (message: Message): boolean =>
  getOpenConversationId() === message.conversationId &&
  document.visibilityState === 'visible' &&
  document.hasFocus();

/** Sounds for a message in a conversation of mine or in the queue, unless it is being looked at. */
export function hearArrival(message: Message, changes: Changes): void {
  if (!isNews(message, changes)) return;
  heard.add(message.id);
  if (heard.size > 500) heard.delete([...heard][0] ?? '');
  if (getPreference('sound') && !isLookedAt(message)) playArrivalTone();
}
