import { Download, ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import { exportAddress, type Filters, noFilters, useAuditEvents } from './api.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow } from './audit-row.tsx';
import { useAuditWords } from './audit-words.ts';

const Waiting = () => (
  <Delayed>
    <div className="flex flex-col gap-4 py-3">
      {['a', 'b', 'c', 'd'].map((row) => (
        <Skeleton key={row} className="h-10 w-full" />
      ))}
    </div>
  </Delayed>
);

/** Who did what, newest first; administrators only. */
export function AuditSettings() {
  const words = useAuditWords();
  if (words.state === 'loading') return <Waiting />;
  return <AuditLog />;
}

function AuditLog() {
  const { t } = useTranslation('audit');
  const [filters, setFilters] = useState<Filters>(noFilters);
  const isFiltered = Object.entries(noFilters).some(
    ([name, none]) => filters[name as keyof Filters] !== none,
  );
  return (
    <>
      <Card>
        <AuditFilters
          filters={filters}
          onChange={(change) => setFilters({ ...filters, ...change })}
        />
        <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2">
          <a
            href={exportAddress(filters)}
            download
            className={buttonClass('plain', 'sm')}
            aria-describedby="audit-export-hint"
          >
            <Download className="size-4" />
            {t('export')}
          </a>
          {isFiltered && (
            <Button size="sm" variant="quiet" onClick={() => setFilters(noFilters)}>
              {t('clear')}
            </Button>
          )}
          <p id="audit-export-hint" className="text-meta text-ink-faint">
            {t('export-hint')}
          </p>
        </div>
      </Card>
      <Card>
        <Events filters={filters} />
        <p className="mt-2 border-t border-hairline pt-4 text-meta text-ink-faint">
          {t('seal-hint')}
        </p>
      </Card>
    </>
  );
}

function Events({ filters }: { filters: Filters }) {
  const { t } = useTranslation('audit');
  const events = useAuditEvents(filters);
  const items = events.data?.pages.flatMap((page) => page.items);
  if (!items && events.isError) {
    return (
      <ErrorState title={t('failed')} error={events.error} onRetry={() => void events.refetch()} />
    );
  }
  if (!items) return <Waiting />;
  if (items.length === 0) {
    return <EmptyState icon={<ScrollText />} title={t('empty')} hint={t('empty-hint')} />;
  }
  return (
    <>
      <ul className="-my-2 divide-y divide-hairline" aria-busy={events.isPlaceholderData}>
        {items.map((event) => (
          <AuditRow key={event.id} event={event} />
        ))}
      </ul>
      {events.isFetchNextPageError && <MoreFailed onRetry={() => void events.fetchNextPage()} />}
      {events.hasNextPage && !events.isFetchNextPageError && (
        <div className="flex justify-center py-3">
          <Button
            size="sm"
            isBusy={events.isFetchingNextPage}
            onClick={() => void events.fetchNextPage()}
          >
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}
