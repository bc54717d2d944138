import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { useCallback, useEffect } from 'react';
import type { Block } from '../contract.ts';
import type { Selection } from './list/selection.ts';

export interface BlockRowsProps {
  items: readonly Block[];
  /** Null until it stands: what waits in the cache is drawn in the same moment as it. */
  scroller: HTMLDivElement | null;
  /** Opens the drawer of a block. */
  onOpen: (block: Block) => void;
  /** Absent for whoever may do nothing with one. */
  selection?: Selection | undefined;
  /** *Manter* stands with *Desbloquear*. */
  isReview: boolean;
  onNearEnd: () => void;
}

interface BlocksWindow {
  rows: VirtualItem[];
  /** Room above and below the rows that are drawn. */
  before: number;
  after: number;
  measure: (element: Element | null) => void;
}

/** Draws only what is near the view; asks for more when the last row comes near. */
export function useBlocksWindow(
  { items, scroller, onNearEnd }: Pick<BlockRowsProps, 'items' | 'scroller' | 'onNearEnd'>,
  rowHeight: number,
): BlocksWindow {
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: useCallback((at: number) => items[at]?.id ?? at, [items]),
    overscan: 8,
  });
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1);
  const isNearEnd = last !== undefined && last.index >= items.length - 10;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, onNearEnd]);
  return {
    rows,
    before: rows[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (last?.end ?? 0),
    measure: virtualizer.measureElement,
  };
}
