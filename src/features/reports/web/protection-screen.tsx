import { Download, Printer, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { ApiProblem } from '#platform/web/http.ts';
import { byServerClock, serverNow } from '#platform/web/server-clock.ts';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { ProtectionReport } from '../contract.ts';
import { exportAddress, type ReportQuery, useProtection } from './api.ts';
import { BlocksPart, ExposuresPart } from './care-part.tsx';
import { IncidentsPart } from './incidents-part.tsx';
import { type ProtectionSearch, rangeOf } from './protection-search.ts';
import { ReportFilters } from './report-filters.tsx';
import { HowCounted, PrintedHead, Purpose } from './report-head.tsx';
import { useReportWords } from './report-words.ts';
import { TimesPart } from './times-part.tsx';
import './report.css';

interface ScreenProps {
  search: ProtectionSearch;
  onSearch: (search: ProtectionSearch) => void;
  channels: readonly { id: string; name: string }[];
  /** Whoever looks may. */
  isAllowed: boolean;
  /** A way out for whoever may not. */
  wayOut: (words: string) => ReactNode;
}

/** How often the team needed protection and how soon it had it: on the screen, as a file, on paper. */
export function ProtectionScreen(props: ScreenProps) {
  const { t } = useTranslation('platform');
  const { state, again } = useReportWords();
  if (state === 'ready') return props.isAllowed ? <Screen {...props} /> : <NotAllowed {...props} />;
  if (state === 'loading') return null;
  const error = new ApiProblem(0, { code: 'network' });
  return <ErrorState title={t('part-failed')} error={error} onRetry={again} />;
}

function NotAllowed({ wayOut }: ScreenProps) {
  const { t } = useTranslation('reports');
  return <EmptyState title={t('not-allowed')} action={wayOut(t('to-conversations'))} />;
}

function Screen({ search, onSearch, channels }: ScreenProps) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const range = rangeOf(search, format.dayKey(new Date(serverNow())));
  const query: ReportQuery = { ...range, ...(search.canal && { channelId: search.canal }) };
  return (
    <div data-report="" className="h-full overflow-y-auto bg-paper">
      <div className="mx-auto w-full max-w-[1080px] px-8 py-8 max-md:px-4 max-md:py-5">
        <header className="mb-6 flex flex-wrap items-start justify-between gap-x-4 gap-y-3 print:hidden">
          <div className="min-w-0">
            <h1 className="text-page font-semibold tracking-[-0.01em]">{t('title')}</h1>
            <p className="mt-1 max-w-[60ch] text-ink-soft">{t('intro')}</p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <a href={exportAddress(query)} download className={buttonClass('plain')}>
              <Download className="size-4" />
              {t('csv')}
            </a>
            <Button
              icon={<Printer className="size-4" />}
              title={t('print-hint')}
              onClick={() => window.print()}
            >
              {t('print')}
            </Button>
          </div>
        </header>
        <ReportFilters search={search} range={range} onSearch={onSearch} channels={channels} />
        <Report query={query} />
      </div>
    </div>
  );
}

function Report({ query }: { query: ReportQuery }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const { data, error, isPlaceholderData, dataUpdatedAt, refetch } = useProtection(query);
  // Figures of another period are no answer to this one.
  if (error && (!data || isPlaceholderData)) {
    return <ErrorState title={t('failed')} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <Waiting />;
  return (
    <div
      aria-busy={isPlaceholderData}
      className={cx('transition-opacity', isPlaceholderData && 'opacity-60')}
    >
      {error && (
        <p role="status" className="mb-4 flex items-center gap-2 text-preview text-amber">
          <WifiOff aria-hidden="true" className="size-4" />
          {t('stale', { time: format.time(new Date(byServerClock(dataUpdatedAt)).toISOString()) })}
        </p>
      )}
      <Parts report={data} />
    </div>
  );
}

function Parts({ report }: { report: ProtectionReport }) {
  return (
    <>
      <PrintedHead report={report} />
      <IncidentsPart report={report} />
      <TimesPart times={report.times} />
      <ExposuresPart exposures={report.exposures} />
      <BlocksPart blocks={report.blocks} />
      <Purpose />
      <HowCounted />
    </>
  );
}

function Waiting() {
  const { t } = useTranslation('reports');
  return (
    <Delayed>
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-6 w-40" />
        {['a', 'b', 'c'].map((card) => (
          <Skeleton key={card} className="h-[300px] w-full rounded-card" />
        ))}
      </div>
    </Delayed>
  );
}
