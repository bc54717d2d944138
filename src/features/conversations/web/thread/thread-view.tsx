import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Message } from '../../contract.ts';
import { forgetWantedMessage } from '../data/wanted-message.ts';
import { MessageBubble, type SelectionOfOne } from './message-bubble.tsx';
import type { MessageActions } from './message-menu.tsx';
import { usePreviewText } from './message-words.ts';
import type { Selecting } from './selection/use-selection.ts';
import {
  ActivityLine,
  DayLine,
  DayPill,
  JumpToNewest,
  OlderFailed,
  ThreadTop,
  UnreadLine,
} from './thread-lines.tsx';
import type { ThreadRow } from './thread-rows.ts';
import { type ThreadVirtualizer, threadTop, useThreadScroll } from './use-thread-scroll.ts';

interface ThreadViewProps {
  rows: readonly ThreadRow[];
  messages: readonly Message[];
  contactName: string;
  myName: string;
  actions: MessageActions;
  selecting: Selecting;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  /** The last try to read further back failed: the next one is the person's. */
  hasOlderFailed: boolean;
  /** Found by a search: where to begin. */
  askedId: string | null;
  onLoadOlder: () => void;
  onAtEnd: (isAtEnd: boolean) => void;
}

/** The drawn thread. Only what is near the window is in the page. */
export function ThreadView(props: ThreadViewProps) {
  const { rows, messages, contactName, hasOlder, hasOlderFailed, onLoadOlder, onAtEnd } = props;
  const { t } = useTranslation('conversations');
  const { scroller, virtualizer, items, isAtEnd, toEnd, onScroll } = useThreadScroll(rows, {
    hasOlder: hasOlder && !hasOlderFailed,
    onNearStart: onLoadOlder,
  });
  const arrived = useArrivedBelow(messages, isAtEnd);
  const { markedId, jumpTo } = useJump(props, virtualizer);
  const { selection } = props.selecting;
  useEffect(() => onAtEnd(isAtEnd), [isAtEnd, onAtEnd]);
  return (
    <div className="relative h-full">
      <FloatingDay rows={rows} virtualizer={virtualizer} />
      <div
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={t('thread.label', { name: contactName })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by the keyboard
        tabIndex={0}
        onScroll={onScroll}
        data-testid="thread"
        className="h-full overflow-x-hidden overflow-y-auto -outline-offset-2 [overflow-anchor:none]"
      >
        <div className="flex min-h-full flex-col justify-end">
          <div className="relative w-full">
            <ThreadTop>
              {props.isLoadingOlder && t('thread.loading-older')}
              {hasOlderFailed && <OlderFailed onRetry={onLoadOlder} />}
              {!hasOlder && t('thread.start')}
            </ThreadTop>
            <ol className="relative" style={{ height: virtualizer.getTotalSize() }}>
              {items.map((item) => {
                const row = rows[item.index];
                return (
                  row && (
                    <li
                      key={item.key}
                      data-index={item.index}
                      ref={virtualizer.measureElement}
                      className="absolute inset-x-0 top-0"
                      style={{ transform: `translateY(${item.start}px)` }}
                    >
                      <div className="mx-auto w-full max-w-[752px] px-4">
                        <Row
                          row={row}
                          isMarked={row.kind === 'message' && row.message.id === markedId}
                          jumpTo={jumpTo}
                          contactName={contactName}
                          myName={props.myName}
                          actions={props.actions}
                          isSelected={
                            selection && row.kind === 'message'
                              ? selection.ids.has(row.message.id)
                              : null
                          }
                          isFirst={
                            row.kind === 'message' && selection?.startedAt === row.message.id
                          }
                          onToggle={props.selecting.toggle}
                        />
                      </div>
                    </li>
                  )
                );
              })}
            </ol>
          </div>
        </div>
      </div>
      {!isAtEnd && <JumpToNewest count={arrived} onJump={toEnd} />}
      <Announcer messages={messages} contactName={contactName} />
    </div>
  );
}

interface RowProps extends Pick<ThreadViewProps, 'contactName' | 'myName' | 'actions'> {
  row: ThreadRow;
  isMarked: boolean;
  jumpTo: (id: string) => void;
  /** Null while no messages are chosen. */
  isSelected: boolean | null;
  isFirst: boolean;
  onToggle: SelectionOfOne['onToggle'];
}

const Row = memo(function Row({ row, jumpTo, isSelected, isFirst, onToggle, ...given }: RowProps) {
  switch (row.kind) {
    case 'day':
      return <DayLine at={row.at} />;
    case 'unread':
      return <UnreadLine />;
    case 'activity':
      return <ActivityLine message={row.message} />;
    case 'message':
      return (
        <MessageBubble
          message={row.message}
          isJoined={row.isJoined}
          isPending={row.isPending}
          isWaiting={row.isWaiting}
          refused={row.refused}
          selection={isSelected === null ? null : { isSelected, isFirst, onToggle }}
          {...given}
          onJump={jumpTo}
        />
      );
  }
});

const dayAbove = (rows: readonly ThreadRow[], index: number): ThreadRow | undefined => {
  let at = index;
  while (at > 0 && rows[at]?.kind !== 'day') at -= 1;
  return rows[at];
};

/** The day of the topmost visible message stays in sight while its own line has scrolled away. */
function FloatingDay({
  rows,
  virtualizer,
}: {
  rows: readonly ThreadRow[];
  virtualizer: ThreadVirtualizer;
}) {
  // What is shorter than the window does not scroll, wherever it was to begin before it was measured.
  const room = virtualizer.getTotalSize() - (virtualizer.scrollRect?.height ?? 0);
  const offset = Math.min(virtualizer.scrollOffset ?? 0, Math.max(0, room));
  const first = virtualizer.getVirtualItemForOffset(offset + threadTop);
  const index = first?.index ?? 0;
  const day = dayAbove(rows, index);
  if (offset < threadTop || day?.kind !== 'day' || rows[index]?.kind === 'day') return null;
  return (
    <div
      aria-hidden="true"
      // A strip of paper under it: what scrolls by disappears behind the strip, and is never half under the pill.
      className="pointer-events-none absolute inset-x-0 top-0 z-10 mr-3 flex justify-center bg-paper pt-2 pb-1.5"
    >
      <DayPill at={day.at} />
    </div>
  );
}

/** How many messages of the person came below what is in sight. */
function useArrivedBelow(messages: readonly Message[], isAtEnd: boolean): number {
  const newest = messages.at(-1)?.id ?? null;
  const [seenId, setSeenId] = useState(newest);
  if (isAtEnd && seenId !== newest) setSeenId(newest);
  const seenAt = messages.findLastIndex((message) => message.id === seenId);
  if (isAtEnd || seenAt < 0) return 0;
  return messages.slice(seenAt + 1).filter((message) => message.direction === 'in').length;
}

/** Goes to a quoted message, reading further back until it is there. */
function useJump(props: ThreadViewProps, virtualizer: ThreadVirtualizer) {
  const { t } = useTranslation('conversations');
  const [markedId, setMarkedId] = useState<string | null>(null);
  const [wantedId, setWantedId] = useState<string | null>(null);
  const { rows, hasOlder, hasOlderFailed, isLoadingOlder, onLoadOlder, askedId } = props;
  useEffect(() => {
    if (!askedId) return;
    setWantedId(askedId);
    forgetWantedMessage();
  }, [askedId]);
  useEffect(() => {
    if (!wantedId) return;
    const at = rows.findIndex((row) => row.kind === 'message' && row.message.id === wantedId);
    if (at >= 0) {
      setWantedId(null);
      setMarkedId(wantedId);
      virtualizer.scrollToIndex(at, { align: 'center' });
    } else if (!hasOlder) {
      setWantedId(null);
      showToast(t('thread.quoted-not-found'));
    } else if (hasOlderFailed) {
      setWantedId(null);
      showToast(t('thread.failed'));
    } else if (!isLoadingOlder) onLoadOlder();
  }, [wantedId, rows, hasOlder, hasOlderFailed, isLoadingOlder, onLoadOlder, virtualizer, t]);
  useEffect(() => {
    if (!markedId) return;
    const timer = setTimeout(() => setMarkedId(null), 1500);
    return () => clearTimeout(timer);
  }, [markedId]);
  return { markedId, jumpTo: setWantedId };
}

/** Readers hear what arrives, and only that: scrolling draws rows too, which a live log would read out. */
function Announcer({
  messages,
  contactName,
}: {
  messages: readonly Message[];
  contactName: string;
}) {
  const { t } = useTranslation('conversations');
  const previewText = usePreviewText();
  const last = messages.at(-1);
  const openedWith = useRef(last?.id);
  const isNews = last && last.direction === 'in' && last.id !== openedWith.current;
  return (
    <p aria-live="polite" className="sr-only">
      {isNews ? `${t('message.from', { name: contactName })} ${previewText(last)}` : ''}
    </p>
  );
}
