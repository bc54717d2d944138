import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import type { useRemovalQueue } from '../api.ts';
import type { RequestLink } from '../links.ts';
import { QueueRow } from './queue-row.tsx';
import { useHeldOrder } from './use-held-order.ts';

interface RowsProps {
  selectedId: string | null;
  link: RequestLink;
  /** Decided, and not read yet by whoever looks. */
  unreadIds: ReadonlySet<string>;
}

interface BodyProps extends RowsProps {
  queue: ReturnType<typeof useRemovalQueue>;
  failed: string;
  empty: ReactNode;
}

/** The list below its heading, however it stands: on its way, failed, empty, with more to come. */
export function QueueBody({ queue, failed, empty, ...rows }: BodyProps) {
  const { t } = useTranslation('removals-desk');
  const items = queue.data?.pages.flatMap((page) => page.items);
  const hasMoreFailed = queue.isFetchNextPageError && !queue.isFetching;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto border-t border-hairline outline-offset-[-2px]">
      {!items && queue.isPending && <Waiting />}
      {!items && queue.isError && (
        <ErrorState title={failed} error={queue.error} onRetry={() => void queue.refetch()} />
      )}
      {items?.length === 0 && !queue.isPlaceholderData && empty}
      {items && items.length > 0 && <Rows items={items} {...rows} />}
      {hasMoreFailed && <MoreFailed onRetry={() => void queue.fetchNextPage()} />}
      {queue.hasNextPage && !hasMoreFailed && (
        <div className="p-4 text-center">
          <Button isBusy={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
            {t('queue.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

const step = (key: string, at: number, length: number): number | null => {
  if (key === 'ArrowDown') return Math.min(at + 1, length - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return null;
};

/** The arrows go from one row to the next, and Enter opens it. */
function Rows({
  items,
  selectedId,
  link,
  unreadIds,
}: RowsProps & { items: readonly RemovalRequest[] }) {
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
        <li key={request.id} data-testid="removal-row" data-request={request.id}>
          <QueueRow
            request={request}
            isCurrent={request.id === selectedId}
            isUnread={unreadIds.has(request.id)}
            link={link}
          />
        </li>
      ))}
    </ul>
  );
}

function Waiting() {
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
