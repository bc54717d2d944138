import { Flag, Search } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { useRemovalQueue } from '../api.ts';
import type { RequestLink } from '../links.ts';
import { hasFilter, queryOf, type RemovalsSearch, withoutFilter } from '../removals-search.ts';
import { QueueFilters } from './queue-filters.tsx';
import { QueueRow } from './queue-row.tsx';
import { useHeldOrder } from './use-held-order.ts';

interface QueueProps {
  search: RemovalsSearch;
  onSearch: (search: RemovalsSearch) => void;
  selectedId: string | null;
  link: RequestLink;
}

/** What is asked to go, as it comes in: own messages first, then what is due first. */
export function Queue({ search, onSearch, selectedId, link }: QueueProps) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const queue = useRemovalQueue(queryOf(search, memberId), true);
  const items = queue.data?.pages.flatMap((page) => page.items);
  return (
    <section aria-label={t('queue.label')} className="flex h-full min-h-0 flex-col">
      <h1 className="px-4 pt-5 pb-3 text-page font-semibold tracking-[-0.01em]">{t('title')}</h1>
      <QueueFilters search={search} onSearch={onSearch} />
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-hairline outline-offset-[-2px]">
        {!items && queue.isPending && <Waiting />}
        {!items && queue.isError && (
          <ErrorState
            title={t('queue.failed')}
            error={queue.error}
            onRetry={() => void queue.refetch()}
          />
        )}
        {items?.length === 0 && !queue.isPlaceholderData && (
          <Nothing search={search} onSearch={onSearch} />
        )}
        {items && <RequestRows items={items} selectedId={selectedId} link={link} />}
        {queue.isFetchNextPageError && !queue.isFetching && (
          <MoreFailed onRetry={() => void queue.fetchNextPage()} />
        )}
        {queue.hasNextPage && !queue.isFetchNextPageError && (
          <div className="p-4 text-center">
            <Button isBusy={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
              {t('queue.more')}
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

const step = (key: string, at: number, length: number): number | null => {
  if (key === 'ArrowDown') return Math.min(at + 1, length - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return null;
};

/** The rows; the arrows go from one to the next, and Enter opens it. */
export function RequestRows({
  items,
  selectedId,
  link,
}: {
  items: readonly RemovalRequest[];
  selectedId: string | null;
  link: RequestLink;
}) {
  const { t } = useTranslation('removals-desk');
  const list = useRef<HTMLUListElement>(null);
  const { rows, ...pointer } = useHeldOrder(items);
  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a') ?? [])];
    const here = document.activeElement;
    const at = here instanceof HTMLElement ? links.indexOf(here) : -1;
    const next = at < 0 ? null : step(event.key, at, links.length);
    if (next === null) return;
    event.preventDefault();
    links[next]?.focus();
  };
  return (
    <ul ref={list} aria-label={t('queue.rows')} onKeyDown={onKeyDown} {...pointer}>
      {rows.map((request) => (
        <li key={request.id} data-testid="removal-row">
          <QueueRow request={request} isCurrent={request.id === selectedId} link={link} />
        </li>
      ))}
    </ul>
  );
}

function Nothing({ search, onSearch }: Pick<QueueProps, 'search' | 'onSearch'>) {
  const { t } = useTranslation('removals-desk');
  if (hasFilter(search)) {
    return (
      <EmptyState
        icon={<Search />}
        title={t('queue.no-hits')}
        action={
          <Button onClick={() => onSearch(withoutFilter(search))}>{t('filter.clear')}</Button>
        }
      />
    );
  }
  return search.estado ? (
    <EmptyState icon={<Flag />} title={t('queue.empty-state')} />
  ) : (
    <EmptyState icon={<Flag />} title={t('queue.empty')} hint={t('queue.empty-hint')} />
  );
}

export function Waiting() {
  const { t } = useTranslation('platform');
  return (
    <Delayed>
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      {['a', 'b', 'c', 'd'].map((row) => (
        <div key={row} className="flex flex-col gap-2 border-b border-hairline px-4 py-3">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-3.5 w-1/2" />
          <Skeleton className="h-3.5 w-2/5" />
          <Skeleton className="h-5 w-1/3" />
        </div>
      ))}
    </Delayed>
  );
}
