import { getPreference } from '#platform/web/preferences.ts';
import type { Changes, Conversation, Message } from '../contract.ts';
import { playArrivalTone } from './arrival-tone.ts';
import { concernsViewer } from './data/concerns-viewer.ts';
import { isLookedAt } from './data/looked-at.ts';
import { getOpenConversationId } from './data/open-conversation.ts';
import { showArrival } from './notifications/follow.ts';

const heard = new Set<string>();

/** Changes come again for an edit or a reaction; what is told is a message that is new and that concerns this person. */
const newsOf = (message: Message, changes: Changes): Conversation | null => {
  if (heard.has(message.id) || message.withheld || message.revokedAt !== null) return null;
  const conversation = changes.conversations.find(({ id }) => id === message.conversationId);
  if (!conversation || conversation.lastMessage?.id !== message.id) return null;
  return concernsViewer(conversation) ? conversation : null;
};

const isLookedAtHere = (message: Message): boolean =>
  getOpenConversationId() === message.conversationId &&
  document.visibilityState === 'visible' &&
  document.hasFocus();

/** Another tab may show what this one, in the background, would sound for. */
const soundUnlessLookedAt = async ({ conversationId }: Message): Promise<void> => {
  if (!(await isLookedAt(conversationId))) await playArrivalTone();
};

/** Sounds for a message in a conversation of mine or in the queue, and shows it on the desktop, unless it is being looked at. */
export function hearArrival(message: Message, changes: Changes): void {
  const conversation = newsOf(message, changes);
  if (!conversation) return;
  heard.add(message.id);
  if (heard.size > 500) heard.delete([...heard][0] ?? '');
  if (isLookedAtHere(message)) return;
  if (getPreference('sound')) void soundUnlessLookedAt(message);
  showArrival(conversation);
}
