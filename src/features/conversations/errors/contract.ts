/** The codes of refusals, as problems carry them. */
export const conversationErrorCodes = [
  'conversation-not-found',
  'message-not-found',
  'channel-not-found',
  'window-closed',
  'text-too-long',
  'idempotency-key-reused',
  'message-not-forwardable',
  'message-not-reactable',
  /** Its content is withheld: nobody hands it on, answers it or reacts to it. */
  'message-covered',
  'message-not-unknown',
  'stopped-message-settled',
  /** Beyond what WhatsApp takes; `errors` has each place with one of `messageLimits`. */
  'message-limits',
] as const;
