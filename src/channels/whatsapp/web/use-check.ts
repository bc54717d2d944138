import { useEffect, useState } from 'react';
import type { NumberCheck } from '../contract.ts';
import { checkTyped, type Typed } from './api.ts';

/** After the last letter: long enough not to ask for every one of them. */
const restMs = 600;

export interface Checked {
  readonly isChecking: boolean;
  /** Of what stands in the fields now; undefined while that is not known. */
  readonly check: NumberCheck | undefined;
}

/**
 * Asks WhatsApp about the fields as they are typed. Answers to what has been changed since are thrown away.
 * @param typed undefined where there is nothing to ask yet
 */
export function useCheck(typed: Typed | undefined): Checked {
  const wanted = typed === undefined ? undefined : JSON.stringify(typed);
  const [known, setKnown] = useState<{ of: string; check: NumberCheck | undefined }>();
  useEffect(() => {
    if (wanted === undefined) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      checkTyped(JSON.parse(wanted) as Typed, stop.signal).then(
        (check) => setKnown({ of: wanted, check }),
        () => {
          if (!stop.signal.aborted) setKnown({ of: wanted, check: undefined });
        },
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted]);
  const isKnown = wanted !== undefined && known?.of === wanted;
  return { isChecking: wanted !== undefined && !isKnown, check: isKnown ? known.check : undefined };
}
