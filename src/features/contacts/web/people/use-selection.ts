import { useMemo, useState } from 'react';

/** As many as one request may name. */
export const mostSelected = 500;

export interface Selection {
  readonly ids: readonly string[];
  readonly isFull: boolean;
  has(id: string): boolean;
  toggle(id: string): void;
  clear(): void;
}

/** Which contacts are ticked; they stay ticked while somebody searches for more. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<readonly string[]>([]);
  return useMemo(() => {
    const chosen = new Set(ids);
    return {
      ids,
      isFull: ids.length >= mostSelected,
      has: (id) => chosen.has(id),
      toggle: (id) => {
        if (chosen.has(id)) setIds(ids.filter((each) => each !== id));
        else if (ids.length < mostSelected) setIds([...ids, id]);
      },
      clear: () => setIds([]),
    };
  }, [ids]);
}
