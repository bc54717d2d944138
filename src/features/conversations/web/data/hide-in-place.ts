import { flushSync } from 'react-dom';
import { hideAgain } from './revealed.ts';

/**
 * Out of sight again; the button that was pressed goes with the content, and the focus to *Mostrar*, which takes its place.
 * @param button what was pressed, in or beside what is covered now
 */
export function hideInPlace(button: HTMLElement, messageId: string): void {
  const place = button.closest('[data-media], li, article');
  flushSync(() => hideAgain(messageId));
  place?.querySelector<HTMLElement>('[data-state="covered"] button')?.focus();
}
