import { useCallback, useMemo, useState } from 'react';
import { personTitle } from '#platform/web/phone.ts';
import type { Block } from '../../contract.ts';

/** The people who are ticked, by contact: of one contact there is one active block at most. They stay ticked while others are searched for. */
export interface Selection {
  readonly isOn: boolean;
  readonly names: ReadonlyMap<string, string>;
  toggle: (block: Block) => void;
  setAll: (blocks: readonly Block[], isChosen: boolean) => void;
  start: () => void;
  stop: () => void;
}

const none: ReadonlyMap<string, string> = new Map();
const nameOf = ({ contactName, contactPhone }: Block) => personTitle(contactName, contactPhone);

export function useSelection(): Selection {
  const [isOn, setOn] = useState(false);
  const [names, setNames] = useState(none);
  const toggle = useCallback((block: Block) => {
    setNames((before) => {
      const after = new Map(before);
      if (!after.delete(block.contactId)) after.set(block.contactId, nameOf(block));
      return after;
    });
  }, []);
  const setAll = useCallback((blocks: readonly Block[], isChosen: boolean) => {
    setNames((before) => {
      const after = new Map(before);
      for (const block of blocks) {
        if (isChosen) after.set(block.contactId, nameOf(block));
        else after.delete(block.contactId);
      }
      return after;
    });
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
