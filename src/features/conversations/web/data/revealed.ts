import { keptInTab } from './kept-in-tab.ts';

/** Which covered files this person has asked to see, in this tab. The server knows by itself to whom it gives them. */
const kept = keptInTab<readonly string[]>('revealed', [], Array.isArray);

export const isRevealed = (messageId: string): boolean => kept.get().includes(messageId);

export const useIsRevealed = (messageId: string): boolean =>
  kept.use((ids) => ids.includes(messageId));

export const rememberRevealed = (messageId: string): void =>
  kept.set([...kept.get().filter((id) => id !== messageId), messageId].slice(-500));

/** Out of sight again, at this screen. */
export const hideAgain = (messageId: string): void =>
  kept.set(kept.get().filter((id) => id !== messageId));

export const forgetRevealed = kept.forget;
