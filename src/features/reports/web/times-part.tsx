import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProtectionReport } from '../contract.ts';
import { Figure, Figures } from './figures.tsx';
import { lengthWords } from './spans.ts';

type Times = ProtectionReport['times'];

/** How soon the team was helped. */
export function TimesPart({ times }: { times: Times }) {
  const { t } = useTranslation('reports');
  return (
    <section aria-labelledby="times" className="mb-8 break-inside-avoid">
      <h2 id="times" className="mb-3 text-section font-semibold">
        {t('times.title')}
      </h2>
      <Figures columns={3}>
        <Cover times={times.toCover} />
        <Decision times={times.toDecision} />
        <Block times={times.toBlock} />
      </Figures>
    </section>
  );
}

/** What stands in the place of the median: itself, or why there is none. */
function useMedian() {
  const { t, i18n } = useTranslation('reports');
  return (count: number, medianMs: number | null) => {
    if (count === 0) return { value: t('times.none'), isWord: true };
    if (medianMs === null) return { value: t('times.few'), isWord: true };
    return { value: lengthWords(i18n.language, medianMs), unit: t('times.median') };
  };
}

function Cover({ times }: { times: Times['toCover'] }) {
  const { t, i18n } = useTranslation('reports');
  const median = useMedian();
  const { count, medianMs, p90Ms, longestMs, unmeasured } = times;
  return (
    <Figure label={t('times.cover')} {...median(count, medianMs)}>
      {p90Ms !== null && <span>{t('times.p90', { time: lengthWords(i18n.language, p90Ms) })}</span>}
      {longestMs !== null && (
        <span>{t('times.longest', { time: lengthWords(i18n.language, longestMs) })}</span>
      )}
      {count > 0 && <span>{t('times.measured', { count })}</span>}
      {unmeasured > 0 && <span>{t('times.unmeasured', { count: unmeasured })}</span>}
    </Figure>
  );
}

function Decision({ times }: { times: Times['toDecision'] }) {
  const { t, i18n } = useTranslation('reports');
  const median = useMedian();
  const { count, medianMs, p90Ms, waiting, overdue } = times;
  return (
    <Figure label={t('times.decision')} {...median(count, medianMs)}>
      {p90Ms !== null && <span>{t('times.p90', { time: lengthWords(i18n.language, p90Ms) })}</span>}
      {count > 0 && <span>{t('times.decided', { count })}</span>}
      {waiting > 0 && <span>{t('times.waiting', { count: waiting })}</span>}
      {count + waiting > 0 && <Late overdue={overdue} />}
    </Figure>
  );
}

function Block({ times }: { times: Times['toBlock'] }) {
  const { t, i18n } = useTranslation('reports');
  const median = useMedian();
  const { count, medianMs, p90Ms, refused, waiting, overdue } = times;
  return (
    <Figure label={t('times.block')} {...median(count, medianMs)}>
      {p90Ms !== null && <span>{t('times.p90', { time: lengthWords(i18n.language, p90Ms) })}</span>}
      {count > 0 && <span>{t('times.approved', { count })}</span>}
      {refused > 0 && <span>{t('times.refused', { count: refused })}</span>}
      {waiting > 0 && <span>{t('times.waiting', { count: waiting })}</span>}
      {count + refused + waiting > 0 && <Late overdue={overdue} />}
    </Figure>
  );
}

function Late({ overdue }: { overdue: number }) {
  const { t } = useTranslation('reports');
  if (overdue === 0) return <span>{t('times.on-time')}</span>;
  return (
    <span className="flex items-center gap-1.5 font-medium text-amber">
      <CircleAlert aria-hidden="true" className="size-3.5" />
      {t('times.late', { count: overdue })}
    </span>
  );
}
