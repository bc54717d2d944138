import type { KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { isMac } from '#platform/web/key-names.ts';
import { getDraft, setDraft } from '../data/drafts.ts';
import { wrapWords } from './wrap-words.ts';

/** Signs of WhatsApp's by the key that puts them, as in WhatsApp's own programs. */
const signs: Readonly<Record<string, string>> = { b: '*', i: '_', X: '~', M: '```' };

const isPlainEnter = (event: KeyboardEvent<HTMLElement>): boolean =>
  event.key === 'Enter' &&
  !event.shiftKey &&
  !event.ctrlKey &&
  !event.altKey &&
  !event.nativeEvent.isComposing;

const signOf = (event: KeyboardEvent<HTMLElement>): string | undefined => {
  // On a Mac Ctrl with a letter moves the cursor, as everywhere there.
  const [command, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (event.altKey || other || !command) return undefined;
  // Whatever the state of Caps Lock.
  const letter = event.key.toLowerCase();
  return signs[event.shiftKey ? letter.toUpperCase() : letter];
};

interface ComposerDoings {
  send: () => void;
  stepBack: (field: HTMLElement) => void;
  format: (sign: string) => void;
}

/** Enter sends, Esc goes one step back, and what is chosen is made bold and the like. */
export const composerKeys =
  ({ send, stepBack, format }: ComposerDoings) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    if (isPlainEnter(event) && !matchMedia('(pointer: coarse)').matches) {
      event.preventDefault();
      send();
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      stepBack(event.currentTarget);
    }
    const sign = signOf(event);
    if (sign === undefined) return;
    event.preventDefault();
    format(sign);
  };

const chosenIn = (field: HTMLTextAreaElement | null, text: string): [number, number] => [
  field?.selectionStart ?? text.length,
  field?.selectionEnd ?? text.length,
];

/** Puts the emoji where the cursor is and gives the field the focus back. */
export function insertAtCursor(
  field: HTMLTextAreaElement | null,
  conversationId: string,
  emoji: string,
): void {
  const { text } = getDraft(conversationId);
  const [from, to] = chosenIn(field, text);
  setDraft(conversationId, { text: text.slice(0, from) + emoji + text.slice(to) });
  requestAnimationFrame(() => {
    field?.focus();
    field?.setSelectionRange(from + emoji.length, from + emoji.length);
  });
}

/** Puts the sign round what is chosen, or takes it away again; it stays chosen. */
export function formatChosen(
  field: HTMLTextAreaElement | null,
  conversationId: string,
  sign: string,
): void {
  const { text } = getDraft(conversationId);
  const next = wrapWords(text, ...chosenIn(field, text), sign);
  // At once: the next letter may already be on its way.
  flushSync(() => setDraft(conversationId, { text: next.text }));
  field?.setSelectionRange(next.from, next.to);
}
