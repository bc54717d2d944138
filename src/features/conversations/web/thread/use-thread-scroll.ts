import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { mediaHeight } from './media/box-size.ts';
import type { ThreadRow } from './thread-rows.ts';

const estimates: Record<ThreadRow['kind'], number> = {
  day: 52,
  unread: 40,
  activity: 36,
  message: 62,
};

const estimateOf = (row: ThreadRow | undefined): number =>
  estimates[row?.kind ?? 'message'] +
  (row?.kind === 'message' ? mediaHeight(row.message, row.key) : 0);

export type ThreadVirtualizer = Virtualizer<HTMLDivElement, HTMLLIElement>;

export const threadTop = 56;

/** This near to the end still counts as being there. */
const endThreshold = 80;

/** The windowed thread: it starts at the newest, keeps its place when older ones come, follows the end when it is there. */
export function useThreadScroll(
  rows: readonly ThreadRow[],
  options: { hasOlder: boolean; onNearStart: () => void },
) {
  const scroller = useRef<HTMLDivElement>(null);
  const hasStarted = useRef(false);
  const virtualizer: ThreadVirtualizer = useVirtualizer<HTMLDivElement, HTMLLIElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => estimateOf(rows[at]),
    // A new function measures every loaded row anew.
    getItemKey: useCallback((at: number) => rows[at]?.key ?? at, [rows]),
    anchorTo: 'end',
    scrollEndThreshold: endThreshold,
    overscan: 8,
    paddingStart: threadTop,
    paddingEnd: 16,
    useFlushSync: false,
  });
  const end = useEnd(scroller, rows, virtualizer.getTotalSize());

  useLayoutEffect(() => {
    if (hasStarted.current || rows.length === 0) return;
    hasStarted.current = true;
    const unreadAt = rows.findIndex((row) => row.kind === 'unread');
    if (unreadAt < 0 || rows.length - unreadAt <= 8) return;
    end.release();
    virtualizer.scrollToIndex(unreadAt, { align: 'start' });
  }, [rows, virtualizer, end.release]);

  useOwnInSight(rows, end.toEnd);

  const items = virtualizer.getVirtualItems();
  const firstIndex = items[0]?.index ?? 0;
  const { hasOlder, onNearStart } = options;
  useEffect(() => {
    if (hasStarted.current && hasOlder && firstIndex <= 6) onNearStart();
  }, [hasOlder, firstIndex, onNearStart]);

  return { scroller, virtualizer, items, ...end };
}

/** Whoever sends while reading further back sees that it left. */
function useOwnInSight(rows: readonly ThreadRow[], toEnd: () => void) {
  const last = rows.at(-1);
  const isSent = last?.kind === 'message' && last.isPending && !last.refused;
  const sentKey = isSent ? last.key : null;
  const seenKey = useRef(sentKey);
  useLayoutEffect(() => {
    if (sentKey === null || sentKey === seenKey.current) return;
    seenKey.current = sentKey;
    toEnd();
  }, [sentKey, toEnd]);
}

/**
 * Holds on to the newest message while it is in sight, whatever grows: the thread, a bubble that was guessed too low, or
 * the composer that takes room from below.
 */
function useEnd(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly ThreadRow[],
  totalSize: number,
) {
  const holds = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const keep = useCallback(() => {
    const element = scroller.current;
    if (element && holds.current) element.scrollTop = element.scrollHeight;
  }, [scroller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: both change the height
  useLayoutEffect(keep, [keep, rows, totalSize]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(keep);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, keep]);
  return {
    isAtEnd,
    release: useCallback(() => {
      holds.current = false;
    }, []),
    toEnd: useCallback(() => {
      holds.current = true;
      keep();
    }, [keep]),
    onScroll: useCallback(() => {
      const element = scroller.current;
      if (!element) return;
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      holds.current = left < endThreshold;
      setAtEnd(holds.current);
    }, [scroller]),
  };
}
