import { useEffect, useRef, useState } from 'react';
import type { Message } from '#features/conversations/contract.ts';
import { revealItem } from '../api.ts';

export interface Reveal {
  /** The content, while it is in sight. */
  message: Message | null;
  isAsking: boolean;
  error: unknown;
  show: () => void;
  hide: () => void;
}

/** One look under one cover. What was seen is nowhere but here, and gone with the box. */
export function useReveal(requestId: string, messageId: string): Reveal {
  const [message, setMessage] = useState<Message | null>(null);
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
      const shown = await revealItem(requestId, messageId);
      if (isHere.current) setMessage(shown);
    } catch (problem) {
      if (isHere.current) setError(problem);
    }
    if (isHere.current) setAsking(false);
  };
  return {
    message,
    isAsking,
    error,
    show: () => void (isAsking || ask()),
    hide: () => setMessage(null),
  };
}
