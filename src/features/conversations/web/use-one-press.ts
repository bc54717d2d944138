import { useLayoutEffect, useRef } from 'react';

/** In milliseconds: the second press of two comes within it, a second wish hardly. */
const restFor = 500;

/**
 * For a button that comes to say the opposite when it was pressed: whoever presses twice, or just as it turns, means what it said
 * before. It rests for a moment after a press and after it has turned.
 * @param says what it does now
 */
export function useOnePress(says: string, act: () => void): () => void {
  const restsUntil = useRef(0);
  const said = useRef(says);
  // Before anybody sees it and can press.
  useLayoutEffect(() => {
    if (said.current === says) return;
    said.current = says;
    restsUntil.current = performance.now() + restFor;
  }, [says]);
  return () => {
    if (performance.now() < restsUntil.current) return;
    restsUntil.current = performance.now() + restFor;
    act();
  };
}
