import { useEffect, useRef, useState } from 'react';
import type { RevealedName } from '../../../contract.ts';
import { revealName } from '../api.ts';

/** One look under the cover of a name. What was seen is nowhere but here, and gone with the box. */
export function useNameReveal(requestId: string) {
  const [names, setNames] = useState<RevealedName | null>(null);
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
      const shown = await revealName(requestId);
      if (isHere.current) setNames(shown);
    } catch (problem) {
      if (isHere.current) setError(problem);
    }
    if (isHere.current) setAsking(false);
  };
  return {
    names,
    isAsking,
    error,
    show: () => void (isAsking || ask()),
    hide: () => setNames(null),
  };
}
