import { fetchAhead, lazyPart } from '#platform/web/ui/lazy-part.tsx';

const load = () => import('./conversation-screen.tsx');

/** Fetches the thread before it is asked for: the list knows earlier than the router what comes next. */
export const preloadConversationScreen = (): void => fetchAhead(load);

/** The open conversation: thread, composer, panel. Not part of the first load of the list. */
export const ConversationScreen = lazyPart(load, (file) => file.ConversationScreen);
