import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type VirtualItem,
} from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, ConversationView } from '../../contract.ts';
import { ConversationRow } from './conversation-row.tsx';
import { useSteadyOrder } from './use-steady-order.ts';

const rowHeight = 68;

interface ConversationRowsProps {
  conversations: readonly Conversation[];
  view: ConversationView;
  selectedId: string | null;
  hasMore: boolean;
  onNearEnd: () => void;
}

/** The virtualised rows. They keep their place under the pointer and under the eye. */
export function ConversationRows(props: ConversationRowsProps) {
  const { conversations, selectedId } = props;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { rows, addedAbove, isHeld } = useSteadyOrder(conversations, scroller);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const tabStop = tabStopOf(rows, focusedId, selectedId);
  const virtualizer = useRowVirtualizer(rows, scroller, tabStop);
  useKeptPlace(rows, scroller, isHeld, addedAbove);
  const items = virtualizer.getVirtualItems();
  useNearEnd(items.at(-1)?.index ?? 0, rows.length, props);
  const focusRow = (at: number) => {
    setFocusedId(rows[at]?.id ?? null);
    virtualizer.scrollToIndex(at);
    requestAnimationFrame(() =>
      scroller?.querySelector<HTMLElement>(`[data-index="${at}"] a`)?.focus(),
    );
  };
  return (
    <div className="relative min-h-0 flex-1">
      {addedAbove > 0 && (
        <NewAbove
          count={addedAbove}
          onPress={() => scroller?.scrollTo({ top: 0, behavior: 'smooth' })}
        />
      )}
      <div
        ref={setScroller}
        className="absolute inset-0 overflow-x-hidden overflow-y-auto"
        data-testid="conversation-list"
      >
        <RowList
          {...props}
          {...{ rows, items, tabStop, focusRow }}
          height={virtualizer.getTotalSize()}
        />
      </div>
    </div>
  );
}

function RowList({
  rows,
  items,
  tabStop,
  height,
  focusRow,
  view,
  selectedId,
  hasMore,
}: ConversationRowsProps & {
  rows: readonly Conversation[];
  items: readonly VirtualItem[];
  tabStop: number;
  height: number;
  focusRow: (at: number) => void;
}) {
  const { t } = useTranslation('conversations');
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    const next = row
      ? nextIndex(event.key, Number(row.getAttribute('data-index')), rows.length)
      : null;
    if (next === null) return;
    event.preventDefault();
    focusRow(next);
  };
  return (
    <ul aria-label={t('list.label')} className="relative" style={{ height }} onKeyDown={onKeyDown}>
      {items.map((item) => {
        const conversation = rows[item.index];
        return (
          conversation && (
            <li
              key={item.key}
              data-index={item.index}
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <ConversationRow
                conversation={conversation}
                view={view}
                isSelected={conversation.id === selectedId}
                isTabStop={item.index === tabStop}
              />
            </li>
          )
        );
      })}
    </ul>
  );
}

function useRowVirtualizer(
  rows: readonly Conversation[],
  scroller: HTMLElement | null,
  tabStop: number,
) {
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: (at) => rows[at]?.id ?? at,
    overscan: 6,
    useFlushSync: false,
    // The one row that Tab reaches is always in the page, however far it was scrolled away.
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        return tabStop < 0 || shown.includes(tabStop)
          ? shown
          : [...shown, tabStop].sort((one, other) => one - other);
      },
      [tabStop],
    ),
  });
}

function NewAbove({ count, onPress }: { count: number; onPress: () => void }) {
  const { t } = useTranslation('conversations');
  return (
    <button
      type="button"
      onClick={onPress}
      className="absolute top-2 left-1/2 z-10 flex h-8 -translate-x-1/2 animate-arrive items-center gap-1.5 rounded-full border border-hairline bg-raised px-3 text-preview font-medium whitespace-nowrap text-accent-ink shadow-float"
    >
      <ArrowUp className="size-3.5" />
      {t('list.new-above', { count })}
    </button>
  );
}

const tabStopOf = (
  rows: readonly Conversation[],
  focusedId: string | null,
  selectedId: string | null,
): number => {
  const focused = rows.findIndex((row) => row.id === focusedId);
  if (focused >= 0) return focused;
  const selected = rows.findIndex((row) => row.id === selectedId);
  return selected >= 0 ? selected : rows.length > 0 ? 0 : -1;
};

const nextIndex = (key: string, at: number, length: number): number | null => {
  if (key === 'ArrowDown') return Math.min(at + 1, length - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return null;
};

function useNearEnd(
  lastIndex: number,
  length: number,
  { hasMore, onNearEnd }: Pick<ConversationRowsProps, 'hasMore' | 'onNearEnd'>,
): void {
  useEffect(() => {
    if (hasMore && lastIndex >= length - 12) onNearEnd();
  }, [hasMore, lastIndex, length, onNearEnd]);
}

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
function useKeptPlace(
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
