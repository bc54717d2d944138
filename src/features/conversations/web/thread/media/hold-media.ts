import type { Message } from '../../../contract.ts';
import type { MediaMessage } from './media-kinds.ts';

/** Why a file is not shown while a block request is open; worded in `media-state.tsx`. */
export const heldByRequest = 'block-request';

/** Whether a cover stands in its place: also where the file did not come, because what came along is covered with it. */
export const isHidden = ({ media }: MediaMessage, isRevealed: boolean): boolean =>
  media.isCovered && !isRevealed && media.reason !== heldByRequest;

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
