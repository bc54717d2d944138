import type { Conversation, LastMessage } from '../../contract.ts';
import { contactTitle } from '../contact-title.ts';
import { concernsViewer } from '../data/concerns-viewer.ts';
import { kindOnly } from '../data/withheld.ts';
import { isMediaKind } from '../thread/media/media-kinds.ts';

/** What the desktop says of a conversation: of its last message, and of no other. */
export interface DesktopNotification {
  readonly conversationId: string;
  readonly contactId: string;
  readonly messageId: string;
  readonly title: string;
  readonly body: string;
}

/** How it is said, in the language and by the wish of the person at this browser. */
export interface Wording {
  /** Or only from whom it is. */
  readonly isTextShown: boolean;
  readonly preview: (last: LastMessage) => string;
  readonly from: (name: string) => string;
}

/** As much as a desktop shows of one. */
const longestBody = 140;

const shortened = (text: string): string => {
  const letters = [...text.trim()];
  return letters.length > longestBody
    ? `${letters.slice(0, longestBody - 1).join('')}…`
    : text.trim();
};

/**
 * A file is told by its kind: while it is on its way nobody has looked whether it may be seen, and its caption and name belong to
 * it. Covered, the preview has other words for it.
 */
const bodyOf = (last: LastMessage, preview: Wording['preview']): string =>
  shortened(preview(isMediaKind(last.type) ? kindOnly(last) : last));

/**
 * What is to stand on the desktop for a conversation as it is now; null for nothing. What is shown is what this says when the
 * message arrives, and it stays for as long as this says the same.
 */
export const notificationOf = (
  conversation: Conversation,
  words: Wording,
): DesktopNotification | null => {
  const last = conversation.lastMessage;
  if (last?.direction !== 'in' || last.withheld || last.isRevoked) return null;
  if (!concernsViewer(conversation)) return null;
  const name = contactTitle(conversation);
  return {
    conversationId: conversation.id,
    contactId: conversation.contactId,
    messageId: last.id,
    title: words.isTextShown ? name : words.from(name),
    body: words.isTextShown ? bodyOf(last, words.preview) : '',
  };
};

/** Whether the one says what the other does. */
export const isSameNotification = (
  one: DesktopNotification,
  other: DesktopNotification | null,
): boolean =>
  one.messageId === other?.messageId && one.title === other.title && one.body === other.body;
