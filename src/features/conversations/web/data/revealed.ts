import { useMemo } from 'react';
import type { Message } from '../../contract.ts';
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

/** A message with covered media, as it stands before anybody asks: nothing of what came along. */
export const asCovered = (message: Message): Message => {
  const { media } = message;
  return media === null
    ? message
    : {
        ...message,
        ...{ text: null, summary: null, content: null, referral: null, linkCard: null },
        media: { ...media, fileName: null, mimeType: null },
      };
};

/** The message as this tab shows it: covered until it was asked for here, and again once it was hidden. */
export const useAsAskedFor = (message: Message): Message => {
  const isShown = useIsRevealed(message.id);
  return useMemo(
    () => (message.media?.isCovered && !isShown ? asCovered(message) : message),
    [message, isShown],
  );
};

export const forgetRevealed = kept.forget;
