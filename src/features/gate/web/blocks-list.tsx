import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMediaQuery } from '#platform/web/media-query.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import { type BlockState, useBlocks } from './api.ts';
import type { ConversationLink } from './block-row-cells.tsx';
import { BlockCards } from './blocks-cards.tsx';
import { BlocksTable } from './blocks-table.tsx';

/**
 * The blocks of the workspace, newest first: a table where there is room, cards where there is not. It scrolls by
 * itself and fills the height it is given.
 */
export function BlocksList({
  state,
  conversationLink,
  emptyAction,
}: {
  state: BlockState;
  conversationLink: ConversationLink;
  emptyAction?: ReactNode;
}) {
  const { t } = useTranslation('gate');
  const scroller = useRef<HTMLDivElement>(null);
  const isWide = useMediaQuery('(min-width: 1200px)');
  const blocks = useBlocks(state);
  const items = useMemo(() => blocks.data?.pages.flatMap((page) => page.items), [blocks.data]);
  const hasMoreFailed = blocks.isFetchNextPageError && !blocks.isFetching;
  const readMore = () => {
    if (blocks.hasNextPage && !blocks.isFetching && !hasMoreFailed) void blocks.fetchNextPage();
  };
  const Rows = isWide ? BlocksTable : BlockCards;
  return (
    <section
      aria-label={t('list.title')}
      ref={scroller}
      className="h-full overflow-y-auto outline-offset-[-2px]"
    >
      <div className="mx-auto w-full max-w-[1280px] px-8 pb-8 max-md:px-4">
        {!items && blocks.isPending && <Waiting />}
        {!items && blocks.isError && (
          <ErrorState
            title={t('list.failed')}
            error={blocks.error}
            onRetry={() => void blocks.refetch()}
          />
        )}
        {items?.length === 0 && (
          <EmptyState
            icon={<ShieldCheck />}
            title={t(`list.empty-${state}`)}
            action={emptyAction}
          />
        )}
        {items && items.length > 0 && (
          <Rows items={items} scroller={scroller} link={conversationLink} onNearEnd={readMore} />
        )}
        {hasMoreFailed && <MoreFailed onRetry={() => void blocks.fetchNextPage()} />}
        {blocks.isFetchingNextPage && (
          <p role="status" className="py-3 text-center text-meta text-ink-soft">
            {t('list.loading-more')}
          </p>
        )}
      </div>
    </section>
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
