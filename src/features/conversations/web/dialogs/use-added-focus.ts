import { useRef } from 'react';

/** The focus follows the hand: into what was just added, and back to its button when something is taken away. */
export function useAddedFocus() {
  const wanted = useRef<string>(undefined);
  const button = useRef<HTMLButtonElement>(null);
  return {
    button,
    want: (key: string) => {
      wanted.current = key;
    },
    /** For the field of that key. */
    take: (key: string) => (field: HTMLInputElement | null) => {
      if (!field || wanted.current !== key) return;
      wanted.current = undefined;
      field.focus();
    },
    wantButton: () => {
      // The button may not be drawn before the next frame.
      requestAnimationFrame(() => button.current?.focus());
    },
  };
}
