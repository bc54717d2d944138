import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Segmented } from '#platform/web/ui/choices.tsx';
import { lazyPart } from '#platform/web/ui/lazy-part.tsx';
import { Skeleton } from '#platform/web/ui/skeleton.tsx';
import type { IncidentKind, ProtectionReport } from '../contract.ts';
import { type ChartLine, linesByChannel, linesByReason } from './chart-lines.ts';
import type { ChartPiece } from './incident-chart.tsx';
import { SpreadTable, TotalsTable } from './incident-tables.tsx';
import { dayWords } from './spans.ts';

/** The library that draws is fetched with the first picture. */
const IncidentChart = lazyPart(
  () => import('./incident-chart.tsx'),
  (file) => file.IncidentChart,
);

const kinds = ['removalRequests', 'blockRequests', 'blocks'] as const satisfies IncidentKind[];
const groups = ['reason', 'channel'] as const;
type Group = (typeof groups)[number];

/** What happened, by reason or by channel, over time. */
export function IncidentsPart({ report }: { report: ProtectionReport }) {
  const { t, i18n } = useTranslation('reports');
  const [group, setGroup] = useState<Group>('reason');
  const words = dayWords(i18n.language);
  const pieces = report.buckets.map((bucket) => ({
    tick: words.tick(bucket, report.unit),
    piece: words.piece(bucket, report.unit),
  }));
  return (
    <section aria-labelledby="incidents" className="mb-8">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="incidents" className="text-section font-semibold">
            {t('incidents.title')}
          </h2>
          <p className="mt-1 max-w-[70ch] text-preview text-ink-soft">{t('incidents.overlap')}</p>
        </div>
        <div className="w-56 print:hidden">
          <Segmented<Group>
            legend={t('incidents.by')}
            value={group}
            onChange={setGroup}
            options={groups.map((value) => ({ value, label: t(`incidents.${value}`) }))}
          />
        </div>
      </div>
      {kinds.map((kind) => (
        <Kind key={kind} kind={kind} report={report} group={group} pieces={pieces} />
      ))}
    </section>
  );
}

function useLines(report: ProtectionReport, kind: IncidentKind, group: Group): ChartLine[] {
  const { t } = useTranslation('reports');
  const incidents = report.incidents[kind];
  return group === 'reason'
    ? linesByReason(incidents, (reason) => t(`reasons.${reason}`))
    : linesByChannel(incidents, {
        nowhere: t('incidents.nowhere'),
        others: t('incidents.others'),
      });
}

function Kind({
  kind,
  report,
  group,
  pieces,
}: {
  kind: IncidentKind;
  report: ProtectionReport;
  group: Group;
  pieces: readonly ChartPiece[];
}) {
  const { t } = useTranslation('reports');
  const [isShown, setShown] = useState(false);
  const lines = useLines(report, kind, group);
  const { total, counts } = report.incidents[kind];
  const title = t(`incidents.kinds.${kind}`);
  const by = t(`incidents.${group}`);
  return (
    <section
      aria-label={title}
      className="mb-4 break-inside-avoid rounded-card border border-hairline bg-raised p-5 max-md:p-4"
    >
      <h3 className="text-body font-semibold">{title}</h3>
      {total === 0 ? (
        <p className="mt-1 text-preview text-ink-soft">{t(`incidents.none.${kind}`)}</p>
      ) : (
        <>
          <div className="mt-2 grid grid-cols-[minmax(0,1fr)_260px] items-start gap-6 max-lg:grid-cols-1 max-lg:gap-3 print:grid-cols-1 print:gap-3">
            <div aria-hidden="true" className="h-[216px] min-w-0">
              <IncidentChart
                pieces={pieces}
                lines={lines}
                whileLoading={<Skeleton className="h-[216px] w-full" />}
              />
            </div>
            <TotalsTable caption={`${title}: ${by}`} by={by} lines={lines} total={total} />
          </div>
          <Button
            size="sm"
            variant="quiet"
            className="mt-2 -ml-2.5 print:hidden"
            aria-expanded={isShown}
            onClick={() => setShown(!isShown)}
          >
            {t(isShown ? 'incidents.hide-table' : 'incidents.show-table')}
          </Button>
          <SpreadTable
            caption={`${title}: ${by}, ${t('period.label')}`}
            pieces={pieces}
            lines={lines}
            counts={counts}
            isShown={isShown}
          />
        </>
      )}
    </section>
  );
}
