import { useLayoutEffect, useRef } from 'react';
import type { Conversation } from '../../contract.ts';

export const rowHeight = 68;

/** By how many rows the lowest visible one has moved down: the one least likely to have moved by itself. */
const movedDown = (
  old: readonly Conversation[],
  rows: readonly Conversation[],
  lowestVisible: number,
): number => {
  const oldAt = Math.min(old.length - 1, lowestVisible);
  const newAt = rows.findIndex((row) => row.id === old[oldAt]?.id);
  return newAt > oldAt ? newAt - oldAt : 0;
};

/**
 * What is read stays where it is: rows that come above the visible ones move the scroll position with them, unless the
 * list stands at its top and nobody is pointing at it.
 */
export function useKeptPlace(
  rows: readonly Conversation[],
  scroller: HTMLElement | null,
  isHeld: boolean,
  addedAbove: number,
): void {
  const before = useRef({ rows, addedAbove });
  useLayoutEffect(() => {
    const { rows: old, addedAbove: above } = before.current;
    before.current = { rows, addedAbove };
    if (!scroller || old === rows) return;
    const { scrollTop, clientHeight } = scroller;
    if (!isHeld && scrollTop <= above * rowHeight) {
      if (above > 0) scroller.scrollTop = 0;
      return;
    }
    const lowestVisible = Math.floor((scrollTop + clientHeight) / rowHeight) - 1;
    const moved = movedDown(old, rows, lowestVisible);
    if (moved > 0) scroller.scrollTop = scrollTop + moved * rowHeight;
  }, [rows, scroller, isHeld, addedAbove]);
}
