import { useEffect, useRef, useState } from 'react';

export interface Reveal<Content> {
  /** The content, while it is in sight. */
  shown: Content | null;
  isAsking: boolean;
  error: unknown;
  show: () => void;
  hide: () => void;
}

/**
 * One look under one cover. What was seen is nowhere but here, and gone with the box.
 * @param reveal asks the server, which records it
 */
export function useReveal<Content>(reveal: () => Promise<Content>): Reveal<Content> {
  const [shown, setShown] = useState<Content | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const ask = async () => {
    setAsking(true);
    setError(null);
    try {
      const content = await reveal();
      if (isHere.current) setShown(content);
    } catch (problem) {
      if (isHere.current) setError(problem);
    }
    if (isHere.current) setAsking(false);
  };
  return {
    shown,
    isAsking,
    error,
    show: () => void (isAsking || ask()),
    hide: () => setShown(null),
  };
}
