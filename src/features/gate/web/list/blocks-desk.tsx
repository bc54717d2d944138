import { Search, ShieldCheck } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { useMediaQuery } from '#platform/web/media-query.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import type { Block } from '../../contract.ts';
import type { ContactLink } from '../block-row-cells.tsx';
import { BlockCards } from '../blocks-cards.tsx';
import { BlocksTable } from '../blocks-table.tsx';
import { useCanBlock } from '../can-block.ts';
import { useBlocks } from './api.ts';
import { BlockDrawer } from './block-drawer.tsx';
import { BlocksFilters } from './blocks-filters.tsx';
import { type BlocksSearch, hasFilter, queryOf, stateOf, withoutFilter } from './blocks-search.ts';
import { BulkBar } from './bulk-bar.tsx';
import type { AfterUnblock } from './bulk-dialog.tsx';
import { useBlocksDeskWords } from './desk-words.ts';
import { ReviewBar } from './review-bar.tsx';
import { type Selection, useSelection } from './selection.ts';

interface DeskProps {
  search: BlocksSearch;
  onSearch: (search: BlocksSearch) => void;
  /** Our numbers, of which WhatsApp's lists are told apart. */
  channels: readonly { id: string; name: string }[];
  contactLink: ContactLink;
  emptyAction?: ReactNode;
  /** What follows an unblock of many. */
  afterUnblock: AfterUnblock;
}

/**
 * The blocks of the workspace: searched, filtered, sorted; a table where there is room, cards where there is not. It
 * scrolls by itself and fills the height it is given.
 */
export function BlocksDesk(props: DeskProps) {
  const { t } = useTranslation('platform');
  const { state, again } = useBlocksDeskWords();
  if (state === 'ready') return <Desk {...props} />;
  if (state === 'loading') return null;
  const error = new ApiProblem(0, { code: 'network' });
  return <ErrorState title={t('part-failed')} error={error} onRetry={again} />;
}

function Desk(props: DeskProps) {
  const { search, onSearch, channels, contactLink, emptyAction } = props;
  const { t } = useTranslation('gate');
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const selection = useSelection();
  const canSelect = useCanBlock() && search.aba !== 'encerrados';
  const [opened, setOpened] = useState<Block>();
  const [isOpen, setOpen] = useState(false);
  const open = useCallback((block: Block) => {
    setOpened(block);
    setOpen(true);
  }, []);
  const change = (next: BlocksSearch) => {
    scroller?.scrollTo({ top: 0 });
    onSearch(next);
  };
  return (
    <section aria-label={t('list.title')} className="flex h-full flex-col">
      <div className="mx-auto w-full max-w-[1280px] shrink-0 px-8 max-md:px-4">
        <BlocksFilters
          search={search}
          onSearch={change}
          channels={channels}
          {...(canSelect && {
            selection: {
              isOn: selection.isOn,
              onToggle: selection.isOn ? selection.stop : selection.start,
            },
          })}
        />
        {search.aba === 'revisar' && <ReviewBar />}
        {selection.isOn && (
          <BulkBar
            query={queryOf(search)}
            selection={selection}
            afterUnblock={props.afterUnblock}
          />
        )}
      </div>
      <div ref={setScroller} className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]">
        <div className="mx-auto w-full max-w-[1280px] px-8 pb-8 max-md:px-4">
          <Rows
            search={search}
            scroller={scroller}
            selection={selection.isOn ? selection : undefined}
            onOpen={open}
            onClear={() => change(withoutFilter(search))}
            onActive={() => onSearch({})}
            emptyAction={emptyAction}
          />
        </div>
      </div>
      {opened && (
        <BlockDrawer
          block={opened}
          link={contactLink}
          open={isOpen}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}

interface RowsProps {
  search: BlocksSearch;
  scroller: HTMLDivElement | null;
  selection: Selection | undefined;
  onOpen: (block: Block) => void;
  onClear: () => void;
  onActive: () => void;
  emptyAction: ReactNode;
}

function Rows(props: RowsProps) {
  const { search, scroller, selection, onOpen } = props;
  const { t } = useTranslation('gate');
  const isWide = useMediaQuery('(min-width: 1200px)');
  const blocks = useBlocks(queryOf(search));
  const items = useMemo(() => blocks.data?.pages.flatMap((page) => page.items), [blocks.data]);
  const hasMoreFailed = blocks.isFetchNextPageError && !blocks.isFetching;
  const readMore = () => {
    if (blocks.hasNextPage && !blocks.isFetching && !hasMoreFailed) void blocks.fetchNextPage();
  };
  const Shape = isWide ? BlocksTable : BlockCards;
  return (
    <>
      {!items && blocks.isPending && <Waiting />}
      {!items && blocks.isError && (
        <ErrorState
          title={t('list.failed')}
          error={blocks.error}
          onRetry={() => void blocks.refetch()}
        />
      )}
      {items?.length === 0 && !blocks.isPlaceholderData && <Nothing {...props} />}
      {items && items.length > 0 && (
        <Shape
          items={items}
          scroller={scroller}
          onOpen={onOpen}
          selection={selection}
          isReview={search.aba === 'revisar'}
          onNearEnd={readMore}
        />
      )}
      {hasMoreFailed && <MoreFailed onRetry={() => void blocks.fetchNextPage()} />}
      {blocks.isFetchingNextPage && (
        <p role="status" className="py-3 text-center text-meta text-ink-soft">
          {t('list.loading-more')}
        </p>
      )}
    </>
  );
}

/** Nobody is blocked, or nobody whom the filters let through. */
function Nothing({
  search,
  onClear,
  onActive,
  emptyAction,
}: Pick<RowsProps, 'search' | 'onClear' | 'onActive' | 'emptyAction'>) {
  const { t } = useTranslation(['gate', 'blocks-desk']);
  if (hasFilter(search)) {
    return (
      <EmptyState
        icon={<Search />}
        title={t('blocks-desk:no-hits')}
        action={<Button onClick={onClear}>{t('blocks-desk:clear-filters')}</Button>}
      />
    );
  }
  if (search.aba === 'revisar') {
    return (
      <EmptyState
        icon={<ShieldCheck />}
        title={t('blocks-desk:empty-review')}
        hint={t('blocks-desk:empty-review-hint')}
        action={<Button onClick={onActive}>{t('blocks-desk:to-active')}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<ShieldCheck />}
      title={t(`list.empty-${stateOf(search)}`)}
      action={emptyAction}
    />
  );
}

function Waiting() {
  const { t } = useTranslation('gate');
  return (
    <Delayed>
      <p role="status" className="sr-only">
        {t('list.loading')}
      </p>
      {['a', 'b', 'c', 'd', 'e'].map((row) => (
        <div key={row} className="flex h-[68px] items-center gap-3 border-b border-hairline">
          <span className="overflow-hidden rounded-full">
            <Skeleton className="size-10" />
          </span>
          <span className="flex flex-col gap-2">
            <Skeleton className="h-3.5 w-40" />
            <Skeleton className="h-3 w-28" />
          </span>
          <Skeleton className="ml-auto h-3.5 w-1/3 max-md:hidden" />
        </div>
      ))}
    </Delayed>
  );
}
