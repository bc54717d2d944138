import { getOpenConversationId } from '../data/open-conversation.ts';
import { focusRow } from '../list/row-focus.ts';

let isWanted = false;

const isFinePointer = (): boolean => matchMedia('(pointer: fine)').matches;

export const composerId = 'composer-field';

/** Whoever opens a conversation by hand wants to write next; on a phone the keyboard must not jump up. */
export function wantComposer(): void {
  if (!isFinePointer()) return;
  isWanted = true;
  // The conversation that is already open gets it at once.
  requestAnimationFrame(() => {
    if (isWanted) document.getElementById(composerId)?.focus();
  });
}

/** Asked by the composer when it appears. */
export function takeComposerWish(): boolean {
  const was = isWanted;
  isWanted = false;
  return was;
}

/** One step back from the composer: to the row of this conversation, or simply out of the field. */
export function leaveComposer(field: HTMLElement): void {
  if (!focusRow(getOpenConversationId())) field.blur();
}
