/**
 * Everything that can leave for a contact by itself once it was accepted. Whoever asks the gate for an outbound item says
 * which of these it is, the claim is made of it, and what a block will stop is told for each: one more way to send cannot be
 * built without a line here, a count in `conversations/server/impact/`, and words for it.
 */
export const waysToSend = ['message', 'read-mark'] as const;
export type WayToSend = (typeof waysToSend)[number];
