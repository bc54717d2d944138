import { useEffect, useMemo, useRef, useState } from 'react';
import type { Conversation } from '../../contract.ts';
import { lastTold } from '../data/last-told.ts';

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

export interface SteadyRows {
  rows: readonly Conversation[];
  /** How many came above the others while the order was held. */
  addedAbove: number;
  /** Kept in their place although the list no longer has them, so that nothing moves under the hand. */
  goneIds: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * The rows as they stand while the pointer is over them: same order, new content. New ones go above all, where the list
 * keeps its place; later pages go below. One that has left keeps its place until the pointer leaves too, unless it was
 * blocked, or nobody has told why it left.
 */
export const holdOrder = (
  held: readonly Conversation[],
  current: readonly Conversation[],
  told: (id: string) => Conversation | undefined,
): SteadyRows => {
  const byId = new Map(current.map((row) => [row.id, row]));
  const heldIds = new Set(held.map((row) => row.id));
  const goneIds = new Set<string>();
  const kept = held.flatMap((row) => {
    const now = byId.get(row.id);
    if (now) return now;
    const gone = told(row.id);
    if (!gone || gone.isBlocked) return [];
    goneIds.add(row.id);
    return gone;
  });
  const lastKept = current.findLastIndex((row) => heldIds.has(row.id));
  const fresh = current.filter((row, at) => !heldIds.has(row.id) && at < lastKept);
  const later = current.filter((row, at) => !heldIds.has(row.id) && at > lastKept);
  return { rows: [...fresh, ...kept, ...later], addedAbove: fresh.length, goneIds };
};

/** The rows to draw: the list's own order, or the one that the pointer holds. */
export function useSteadyOrder(current: readonly Conversation[], element: HTMLElement | null) {
  const isHeld = usePointerInside(element);
  const held = useRef<readonly Conversation[]>([]);
  const drawn = useMemo(
    (): SteadyRows =>
      isHeld
        ? holdOrder(held.current, current, lastTold)
        : { rows: current, addedAbove: 0, goneIds: nothing },
    [isHeld, current],
  );
  useEffect(() => {
    if (!isHeld) held.current = current;
  }, [isHeld, current]);
  return { ...drawn, isHeld };
}
