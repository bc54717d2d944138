import { useRef, useState } from 'react';

/**
 * What is under the pointer does not move: while it is there, rows keep their places, new ones come last, and those that
 * left go. Pure.
 */
export function heldOrder<T extends { id: string }>(
  before: readonly string[],
  items: readonly T[],
): readonly T[] {
  const placeOf = new Map(before.map((id, at) => [id, at]));
  const place = ({ id }: T): number => placeOf.get(id) ?? before.length;
  return items.toSorted((one, other) => place(one) - place(other));
}

/** The rows in the order to draw them, and what the list tells of the pointer. */
export function useHeldOrder<T extends { id: string }>(items: readonly T[]) {
  const [isHeld, setHeld] = useState(false);
  const drawn = useRef<readonly string[]>([]);
  const rows = isHeld ? heldOrder(drawn.current, items) : items;
  drawn.current = rows.map(({ id }) => id);
  return {
    rows,
    onPointerEnter: () => setHeld(true),
    onPointerLeave: () => setHeld(false),
  };
}
