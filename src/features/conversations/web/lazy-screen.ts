import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

const load = async () => (await import('./conversation-screen.tsx')).ConversationScreen;

/** Fetches the thread before it is asked for: the list knows earlier than the router what comes next. */
export const preloadConversationScreen = (): void => {
  // A failure shows when the screen is really opened.
  load().catch(() => undefined);
};

/** The open conversation: thread, composer, panel. Not part of the first load of the list. */
export const ConversationScreen = lazyPart(load);
