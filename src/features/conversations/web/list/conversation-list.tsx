import { Plus } from 'lucide-react';
import { type RefObject, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { altKey } from '#platform/web/key-names.ts';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import { useSettled } from '#platform/web/use-settled.ts';
import type { ConversationView } from '../../contract.ts';
import { nameOfNumber, type OurNumber, useNumbers } from '../data/numbers.ts';
import { useConversationList } from '../data/queries.ts';
import { preloadConversationScreen } from '../lazy-screen.ts';
import { ConversationRows } from './conversation-rows.tsx';
import { EmptyList } from './empty-list.tsx';
import { FoundMessages } from './lazy-found-messages.ts';
import { FilterChips, listPanelId, SearchBox, ViewTabs } from './list-filters.tsx';
import { NumberFilter } from './number-filter.tsx';

export interface ConversationListProps {
  initialSearch: string;
  view: ConversationView;
  onViewChange: (view: ConversationView) => void;
  /** The number of ours that was chosen, which may be one of another workspace; null: all. */
  channelId: string | null;
  onChannelChange: (channelId: string | null) => void;
  selectedId: string | null;
  onNew: () => void;
  searchRef: RefObject<HTMLInputElement | null>;
}

/** Whose list it is can be told only when our numbers are known; without a choice nothing waits for them. */
const useChosenNumber = (wanted: string | null) => {
  const { numbers, isPending } = useNumbers();
  const channelId = nameOfNumber(numbers, wanted ?? '') === null ? null : wanted;
  return { numbers, channelId, isKnown: wanted === null || !isPending };
};

/** The second zone: who waits, who wrote, narrowed by tab, filter and search. */
export function ConversationList(props: ConversationListProps) {
  const { view, onViewChange, onChannelChange, onNew } = props;
  const { numbers, channelId, isKnown } = useChosenNumber(props.channelId);
  const { t } = useTranslation('conversations');
  const [typed, setTyped] = useState(props.initialSearch);
  const [unread, setUnread] = useState(false);
  const search = useSettled(typed.trim());
  return (
    <section
      aria-label={t('list.label')}
      className="flex h-full min-h-0 flex-col bg-list"
      onPointerEnter={preloadConversationScreen}
      onFocus={preloadConversationScreen}
    >
      <header className="flex h-14 shrink-0 items-center gap-3 pr-2 pl-4">
        <h1 className="mr-auto text-section font-semibold">{t('title')}</h1>
        <NumberFilter numbers={numbers} value={channelId} onChange={onChannelChange} />
        <IconButton
          label={t('list.new-conversation')}
          shortcut={altKey('N')}
          icon={<Plus />}
          onClick={onNew}
        />
      </header>
      <SearchBox value={typed} onChange={setTyped} inputRef={props.searchRef} />
      <div className="flex flex-col gap-2 border-b border-hairline pt-1.5 pb-2.5">
        <ViewTabs {...{ view, channelId }} onChange={onViewChange} />
        <FilterChips {...{ view, unread, onViewChange }} onUnreadChange={setUnread} />
      </div>
      <Rows
        {...props}
        {...{ search, numbers, channelId, isKnown }}
        unread={unread && view !== 'blocked' && view !== 'block-requested'}
        onUnreadChange={setUnread}
        onSearchClear={() => setTyped('')}
      />
    </section>
  );
}

/** Two letters are a beginning of a name; of words there would be too many. */
const searchesMessages = ({ search, view }: { search: string; view: ConversationView }): boolean =>
  search.length >= 3 && view !== 'blocked' && view !== 'block-requested';

function Rows({
  view,
  onViewChange,
  numbers,
  channelId,
  onChannelChange,
  isKnown,
  selectedId,
  search,
  unread,
  onUnreadChange,
  onSearchClear,
  onNew,
}: Omit<ConversationListProps, 'initialSearch'> & {
  search: string;
  numbers: readonly OurNumber[];
  isKnown: boolean;
  unread: boolean;
  onUnreadChange: (unread: boolean) => void;
  onSearchClear: () => void;
}) {
  const { t } = useTranslation('conversations');
  const filter = useMemo(
    () => ({ view, search, unread, channelId }),
    [view, search, unread, channelId],
  );
  const list = useConversationList(filter, isKnown);
  const { data, error, isPending, refetch, isFetchingNextPage, isFetchNextPageError } = list;
  const { hasNextPage, fetchNextPage } = list;
  const rows = useMemo(() => (data?.pages ?? []).flatMap((page) => page.items), [data]);
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  const nothing = (
    <EmptyList
      {...filter}
      {...{ onViewChange, onUnreadChange, onSearchClear, onNew }}
      numberName={channelId && nameOfNumber(numbers, channelId)}
      onAllNumbers={() => onChannelChange(null)}
    />
  );
  return (
    <div
      id={listPanelId}
      role="tabpanel"
      aria-label={t('list.label')}
      aria-busy={isPending}
      className="flex min-h-0 flex-1 flex-col"
    >
      {isPending && <ListSkeleton />}
      {error && !data && (
        <ErrorState title={t('list.failed')} error={error} onRetry={() => void refetch()} />
      )}
      {data && rows.length === 0 && !searchesMessages(filter) && nothing}
      {rows.length > 0 && (
        <ConversationRows
          key={`${view} ${channelId}`}
          conversations={rows}
          numbers={numbers}
          view={view}
          selectedId={selectedId}
          hasMore={hasNextPage}
          onNearEnd={loadMore}
        />
      )}
      {data && searchesMessages(filter) && (
        <FoundMessages {...{ search, channelId }} whenNothing={rows.length === 0 && nothing} />
      )}
      {isFetchNextPageError && !isFetchingNextPage && (
        <div className="border-t border-hairline">
          <MoreFailed onRetry={() => void fetchNextPage()} />
        </div>
      )}
      {isFetchingNextPage && (
        <p className="sr-only" role="status">
          {t('list.loading-more')}
        </p>
      )}
    </div>
  );
}

const skeletonRows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

const ListSkeleton = () => (
  <Delayed>
    <div aria-hidden="true">
      {skeletonRows.map((row) => (
        <div key={row} className="flex h-[68px] items-center gap-3 px-4">
          <Skeleton className="size-10 rounded-full" />
          <div className="flex-1 space-y-2.5">
            <Skeleton className="h-3 w-2/5" />
            <Skeleton className="h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  </Delayed>
);
