import {
  defaultRangeExtractor,
  type Range,
  useVirtualizer,
  type VirtualItem,
} from '@tanstack/react-virtual';
import { ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { scrollBehavior } from '#platform/web/media-query.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Conversation, ConversationView } from '../../contract.ts';
import { nameOfNumber, type OurNumber } from '../data/numbers.ts';
import { ConversationRow } from './conversation-row.tsx';
import { provideRowFocus } from './row-focus.ts';
import { rowHeight, useKeptPlace } from './use-kept-place.ts';
import { useSteadyOrder } from './use-steady-order.ts';

interface ConversationRowsProps {
  conversations: readonly Conversation[];
  /** Ours, where they have to be told apart. */
  numbers: readonly OurNumber[];
  view: ConversationView;
  selectedId: string | null;
  hasMore: boolean;
  onNearEnd: () => void;
}

/** The virtualised rows. They keep their place under the pointer and under the eye. */
export function ConversationRows(props: ConversationRowsProps) {
  const { conversations, selectedId } = props;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { rows, addedAbove, goneIds, isHeld } = useSteadyOrder(conversations, scroller);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const tabStop = tabStopOf(rows, focusedId, selectedId);
  const virtualizer = useRowVirtualizer(rows, scroller, tabStop);
  useKeptPlace(rows, scroller, isHeld, addedAbove);
  const items = virtualizer.getVirtualItems();
  useNearEnd(items.at(-1)?.index ?? 0, rows.length, props);
  const focusRow = (at: number) => {
    setFocusedId(rows[at]?.id ?? null);
    virtualizer.scrollToIndex(at);
    focusWhenDrawn(scroller, at);
  };
  useRowFocus((id) => {
    const at = rows.findIndex((row) => row.id === id);
    // A list that is hidden beside an open conversation takes no focus.
    if (at < 0 || !scroller?.checkVisibility()) return false;
    focusRow(at);
    return true;
  });
  return (
    <div className="relative min-h-0 flex-1">
      {addedAbove > 0 && (
        <NewAbove
          count={addedAbove}
          onPress={() => scroller?.scrollTo({ top: 0, behavior: scrollBehavior() })}
        />
      )}
      <div
        ref={setScroller}
        className="absolute inset-0 overflow-x-hidden overflow-y-auto"
        data-testid="conversation-list"
      >
        <RowList
          {...props}
          {...{ rows, items, tabStop, goneIds, focusRow }}
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
  goneIds,
  height,
  focusRow,
  numbers,
  view,
  selectedId,
  hasMore,
}: ConversationRowsProps & {
  rows: readonly Conversation[];
  items: readonly VirtualItem[];
  tabStop: number;
  goneIds: ReadonlySet<string>;
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
              inert={goneIds.has(conversation.id)}
              className={cx(
                'absolute inset-x-0 top-0 transition-opacity duration-150',
                goneIds.has(conversation.id) && 'opacity-40',
              )}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <ConversationRow
                conversation={conversation}
                numberName={nameOfNumber(numbers, conversation.channel.id)}
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

const focusWhenDrawn = (scroller: HTMLElement | null, at: number, frames = 10): void => {
  requestAnimationFrame(() => {
    const row = scroller?.querySelector<HTMLElement>(`[data-index="${at}"] a`);
    if (row) row.focus();
    else if (frames > 0) focusWhenDrawn(scroller, at, frames - 1);
  });
};

function useRowFocus(focus: (id: string) => boolean): void {
  const latest = useRef(focus);
  latest.current = focus;
  useEffect(() => provideRowFocus((id) => latest.current(id)), []);
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
    // A new function measures every loaded row anew.
    getItemKey: useCallback((at: number) => rows[at]?.id ?? at, [rows]),
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
