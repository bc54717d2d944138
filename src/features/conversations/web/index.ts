export { unlockTone } from './arrival-tone.ts';
export { hearArrival } from './arrivals.ts';
export { wantComposer } from './composer/composer-focus.ts';
export { contactTitle } from './contact-title.ts';
export {
  type ConversationAction,
  useConversationAction,
} from './data/actions.ts';
export { useHideAskedAbout } from './data/asked-about.ts';
export { forgetTyped } from './data/forget-typed.ts';
export { followConversations } from './data/live.ts';
export { runMessageCommand } from './data/message-commands.ts';
export { nameOfNumber, useNumbers } from './data/numbers.ts';
export { useOpenConversationId } from './data/open-conversation.ts';
export {
  conversationQuery,
  useChannels,
  useConversation,
  useConversationCounts,
  useConversationList,
} from './data/queries.ts';
export { setViewer } from './data/viewer.ts';
export { useCoverHere } from './data/withhold.ts';
export type { composeWords } from './dialogs/compose-words.ts';
export { NewConversationDialog } from './dialogs/lazy-dialogs.ts';
export type { failureWords } from './failures/failure-words.ts';
export { ConversationScreen, preloadConversationScreen } from './lazy-screen.ts';
export { ConversationList } from './list/conversation-list.tsx';
export { useConversationNeighbour } from './list/neighbour.ts';
export { focusRow } from './list/row-focus.ts';
export { NotificationSettings } from './notifications/lazy-settings.ts';
export type { notificationWords } from './notifications/notification-words.ts';
export { closeNotifications, useNotifications } from './notifications/use-notifications.ts';
export type { shelfWords } from './panel/media/shelf-words.ts';
export { QuietMessages, RequestMessages } from './requests/lazy-messages.ts';
export { RetentionSettings } from './retention/lazy-settings.ts';
export { StoppedOfMany } from './stopped/lazy-of-many.ts';
export { StoppedDialog } from './stopped/lazy-stopped.ts';
export type { stoppedWords } from './stopped/stopped-words.ts';
export type { RemovalWay } from './thread/removal-way.ts';
