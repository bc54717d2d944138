import { useCallback, useMemo, useState } from 'react';

/** As many as one request takes. */
export const mostSelected = 50;

/** Messages that are being chosen, by their ids: what arrives or changes meanwhile does not disturb it. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where it began: the focus goes there. */
  readonly startedAt: string | null;
}

const toggled = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(ids);
  if (!next.delete(id) && next.size < mostSelected) next.add(id);
  return next;
};

/** Choosing messages of one conversation; null while nobody does. */
export function useSelection() {
  const [selection, setSelection] = useState<Selection | null>(null);
  const start = useCallback(
    (messageId: string | null, isChosen = true) =>
      setSelection({
        ids: new Set(isChosen && messageId !== null ? [messageId] : []),
        startedAt: messageId,
      }),
    [],
  );
  const toggle = useCallback(
    (id: string) => setSelection((now) => now && { ...now, ids: toggled(now.ids, id) }),
    [],
  );
  const leave = useCallback(() => setSelection(null), []);
  return useMemo(() => ({ selection, start, toggle, leave }), [selection, start, toggle, leave]);
}

export type Selecting = ReturnType<typeof useSelection>;
