import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../contract.ts';

/** A pointer that rests this long is no longer about to click. */
const restMilliseconds = 8000;

/**
 * Whether the pointer is busy over the list. It is until it leaves; it is not when the person types, or has not moved
 * for a while: a hand that left the mouse where it was must not stop the list all day.
 */
function usePointerInside(element: HTMLElement | null): boolean {
  const [isInside, setInside] = useState(false);
  useEffect(() => {
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = () => {
      clearTimeout(timer);
      setInside(false);
    };
    const move = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return;
      clearTimeout(timer);
      timer = setTimeout(leave, restMilliseconds);
      setInside(true);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerleave', leave);
    window.addEventListener('keydown', leave);
    return () => {
      clearTimeout(timer);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerleave', leave);
      window.removeEventListener('keydown', leave);
    };
  }, [element]);
  return isInside;
}

/**
 * The rows as they stand while the pointer is over them: same order, new content. New ones go above all, where the list
 * keeps its place; blocked ones leave at once whatever the pointer does; later pages go below.
 */
export const holdOrder = (
  held: readonly Conversation[],
  current: readonly Conversation[],
): { rows: Conversation[]; addedAbove: number } => {
  const byId = new Map(current.map((row) => [row.id, row]));
  const heldIds = new Set(held.map((row) => row.id));
  const kept = held.flatMap((row) => byId.get(row.id) ?? []);
  const lastKept = current.findLastIndex((row) => heldIds.has(row.id));
  const fresh = current.filter((row, at) => !heldIds.has(row.id) && at < lastKept);
  const later = current.filter((row, at) => !heldIds.has(row.id) && at > lastKept);
  return { rows: [...fresh, ...kept, ...later], addedAbove: fresh.length };
};

/** The rows to draw, and how many of them came above the others while the order was held. */
export function useSteadyOrder(current: readonly Conversation[], element: HTMLElement | null) {
  const isHeld = usePointerInside(element);
  const held = useRef<readonly Conversation[]>([]);
  const drawn = isHeld ? holdOrder(held.current, current) : { rows: [...current], addedAbove: 0 };
  useEffect(() => {
    if (!isHeld) held.current = current;
  }, [isHeld, current]);
  return { ...drawn, isHeld };
}
