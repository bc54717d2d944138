const keys = new Map<string, { key: string; conversationId: string }>();

/** Which bubble became which message, so that the bubble is not drawn anew. */
export function nameBubble(messageId: string, key: string, conversationId: string): void {
  keys.set(messageId, { key, conversationId });
}

export const bubbleKey = (messageId: string): string => keys.get(messageId)?.key ?? messageId;

/** A thread that is no longer kept draws all its bubbles anew. */
export function forgetBubbles(conversationId: string): void {
  for (const [messageId, bubble] of keys) {
    if (bubble.conversationId === conversationId) keys.delete(messageId);
  }
}
