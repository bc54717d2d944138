import type { RefObject } from 'react';

/** Back to what was pressed, unless the cover took it off the screen; then to the thread it stood in, or the page. */
export const focusAfter = (
  origin: RefObject<HTMLElement | null>,
): RefObject<HTMLElement | null> => ({
  get current() {
    const isThere = origin.current?.isConnected && origin.current !== document.body;
    if (isThere) return origin.current;
    return (
      document.querySelector<HTMLElement>('main [role="log"]') ?? document.getElementById('main')
    );
  },
});
