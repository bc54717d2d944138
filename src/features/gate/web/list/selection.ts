import { useCallback, useMemo, useState } from 'react';
import type { Block } from '../../contract.ts';

/** The people who are ticked, by contact: of one contact there is one active block at most. */
export interface Selection {
  readonly isOn: boolean;
  readonly names: ReadonlyMap<string, string>;
  toggle: (block: Block) => void;
  setAll: (blocks: readonly Block[], isChosen: boolean) => void;
  start: () => void;
  stop: () => void;
}

const none: ReadonlyMap<string, string> = new Map();

export function useSelection(): Selection {
  const [isOn, setOn] = useState(false);
  const [names, setNames] = useState(none);
  const toggle = useCallback((block: Block) => {
    setNames((before) => {
      const after = new Map(before);
      if (!after.delete(block.contactId)) after.set(block.contactId, block.contactName);
      return after;
    });
  }, []);
  const setAll = useCallback((blocks: readonly Block[], isChosen: boolean) => {
    setNames(
      isChosen
        ? new Map(blocks.map(({ contactId, contactName }) => [contactId, contactName]))
        : none,
    );
  }, []);
  const start = useCallback(() => setOn(true), []);
  const stop = useCallback(() => {
    setOn(false);
    setNames(none);
  }, []);
  return useMemo(
    () => ({ isOn, names, toggle, setAll, start, stop }),
    [isOn, names, toggle, setAll, start, stop],
  );
}
