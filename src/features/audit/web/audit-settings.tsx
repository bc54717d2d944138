import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, ScrollText, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import { exportAddress, type Filters, noFilters, useAuditEvents } from './api.ts';
import { AuditFilters } from './audit-filters.tsx';
import { AuditRow, useSubjectWords } from './audit-row.tsx';
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
  const [chosen, setChosen] = useState<Filters>(noFilters);
  const { subjectId, showAll } = useSubject();
  const filters = { ...chosen, subjectId };
  const isFiltered = Object.entries(noFilters).some(
    ([name, none]) => filters[name as keyof Filters] !== none,
  );
  const clear = () => {
    setChosen(noFilters);
    showAll();
  };
  return (
    <>
      <Card>
        <AuditFilters
          filters={filters}
          onChange={(change) => setChosen({ ...chosen, ...change })}
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
            <Button size="sm" variant="quiet" onClick={clear}>
              {t('clear')}
            </Button>
          )}
          <p id="audit-export-hint" className="text-meta text-ink-faint">
            {t('export-hint')}
          </p>
        </div>
      </Card>
      <Card>
        {subjectId !== '' && <About filters={filters} onShowAll={showAll} />}
        <Events filters={filters} />
        <p className="mt-2 border-t border-hairline pt-4 text-meta text-ink-faint">
          {t('seal-hint')}
        </p>
      </Card>
    </>
  );
}

/** What the log is narrowed to stands in the address, so that it can be gone back from and handed on. */
function useSubject() {
  const navigate = useNavigate();
  const { sobre: subjectId = '' }: { sobre?: string } = useSearch({ strict: false });
  const showAll = () => {
    if (subjectId === '') return;
    void navigate({ to: '/ajustes/$section', params: { section: 'auditoria' } });
  };
  return { subjectId, showAll };
}

function About({ filters, onShowAll }: { filters: Filters; onShowAll: () => void }) {
  const { t } = useTranslation('audit');
  const words = useSubjectWords();
  const event = useAuditEvents(filters)
    .data?.pages.flatMap((page) => page.items)
    .find(({ subject }) => subject?.id === filters.subjectId);
  const subject = (event && words(event)) ?? filters.subjectId;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-hairline pb-4">
      <p role="status" className="min-w-0 flex-1 text-preview font-medium break-words">
        {t('only-about', { subject })}
      </p>
      <Button size="sm" icon={<X />} onClick={onShowAll}>
        {t('show-all')}
      </Button>
    </div>
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
