import { useEffect, useRef } from 'react';
import { getPreference } from '#platform/web/preferences.ts';

/**
 * `Alt+N`: by the physical key, so that every layout has it, and never with Ctrl, which is AltGr on ABNT2.
 * `/`, `?`, `j`: a single key, only while nothing is being typed. Both kinds can be switched off (WCAG 2.1.4).
 */
export type KeyBindings = Readonly<Record<string, () => void>>;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input, textarea, select') ||
    // Where one was typing until a moment ago.
    target.hasAttribute('data-quiet-keys'));

const nameOf = (event: KeyboardEvent): string | undefined => {
  if (event.ctrlKey || event.metaKey || event.isComposing) return undefined;
  if (event.altKey) {
    if (event.getModifierState('AltGraph')) return undefined;
    return event.code.startsWith('Key') ? `Alt+${event.code.slice(3)}` : undefined;
  }
  return isTyping(event.target) ? undefined : event.key;
};

/** An open dialog or menu has the keyboard to itself. */
const isCovered = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

/** The keys that go on while they are held down; of any other that is one wish still. */
const walking: ReadonlySet<string | undefined> = new Set(['j', 'k', 'Alt+J', 'Alt+K']);

export function useKeys(bindings: KeyBindings): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = nameOf(event);
      const run = name === undefined ? undefined : latest.current[name];
      if (!run || event.defaultPrevented || isCovered()) return;
      if (name !== 'Escape' && !getPreference('keys')) return;
      event.preventDefault();
      if (!event.repeat || walking.has(name)) run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** ⌘K or Ctrl+K, everywhere, also while typing. */
export function useCommandKey(run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== 'KeyK' || event.altKey || event.shiftKey) return;
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
