import type { Message } from '../../../contract.ts';

/** Why a file is not shown while a block request is open; worded in `media-state.tsx`. */
export const heldByRequest = 'block-request';

/**
 * What the contact sent, drawn as not here while a block request is open: the server gives it to nobody but those who
 * decide. The messages themselves are the same for everybody, so it is the screen that says it.
 */
export const holdMedia = (messages: Message[], isHeld: boolean): Message[] =>
  isHeld
    ? messages.map((message) =>
        message.direction === 'in' && message.media !== null
          ? {
              ...message,
              media: { ...message.media, state: 'withheld', reason: heldByRequest },
            }
          : message,
      )
    : messages;
