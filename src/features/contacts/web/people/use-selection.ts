import { useMemo, useState } from 'react';
import { personTitle } from '#platform/web/phone.ts';

/** As many as one request may name. */
export const mostSelected = 500;

interface Person {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
}

export interface Selection {
  /** Of those who are ticked, by contact. */
  readonly names: ReadonlyMap<string, string>;
  readonly isFull: boolean;
  toggle(person: Person): void;
  clear(): void;
}

const nobody: ReadonlyMap<string, string> = new Map();

/** Which contacts are ticked; they stay ticked while somebody searches for more. */
export function useSelection(): Selection {
  const [names, setNames] = useState(nobody);
  return useMemo(
    () => ({
      names,
      isFull: names.size >= mostSelected,
      toggle: ({ id, name, phone }) => {
        const next = new Map(names);
        if (!next.delete(id) && names.size < mostSelected) next.set(id, personTitle(name, phone));
        setNames(next);
      },
      clear: () => setNames(nobody),
    }),
    [names],
  );
}
