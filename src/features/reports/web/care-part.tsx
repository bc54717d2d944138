import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { ProtectionReport } from '../contract.ts';
import { Figure, Figures } from './figures.tsx';

/** What people saw that was taken out later: by where it came in, never by who saw it. */
export function ExposuresPart({ exposures }: { exposures: ProtectionReport['exposures'] }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const { answering, reviewing, byChannel } = exposures;
  return (
    <section aria-labelledby="exposures" className="mb-8 break-inside-avoid">
      <h2 id="exposures" className="text-section font-semibold">
        {t('exposures.title')}
      </h2>
      <p className="mt-1 mb-3 max-w-[70ch] text-preview text-ink-soft">{t('exposures.body')}</p>
      {answering + reviewing === 0 ? (
        <p className="rounded-card border border-hairline bg-raised p-4 text-preview text-ink-soft">
          {t('exposures.none')}
        </p>
      ) : (
        <div className="grid grid-cols-2 items-start gap-3 max-lg:grid-cols-1 print:grid-cols-2">
          <dl className="grid grid-cols-2 gap-3">
            <Figure label={t('exposures.answering')} value={format.number(answering)} />
            <Figure label={t('exposures.reviewing')} value={format.number(reviewing)} />
          </dl>
          <ByChannel byChannel={byChannel} />
        </div>
      )}
    </section>
  );
}

function ByChannel({ byChannel }: Pick<ProtectionReport['exposures'], 'byChannel'>) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  return (
    <div className="rounded-card border border-hairline bg-raised px-4 py-2">
      <table className="w-full border-collapse text-preview">
        <caption className="sr-only">{t('exposures.by-channel')}</caption>
        <thead>
          <tr className="border-b border-hairline text-ink-soft">
            <th scope="col" className="py-1.5 text-left font-medium">
              {t('incidents.channel')}
            </th>
            <th scope="col" className="py-1.5 text-right font-medium">
              {t('exposures.count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {byChannel.map(({ channel, count }) => (
            <tr key={channel?.id ?? 'others'} className="border-b border-hairline last:border-0">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                {channel?.name ?? t('exposures.others')}
              </th>
              <td className="py-1.5 text-right tabular-nums">{format.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function BlocksPart({ blocks }: { blocks: ProtectionReport['blocks'] }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  const { made, lifted, endedByClock, attempts } = blocks;
  const isExact = attempts.atLeast === attempts.atMost;
  return (
    <section aria-labelledby="blocks" className="mb-8 break-inside-avoid">
      <h2 id="blocks" className="mb-3 text-section font-semibold">
        {t('blocks.title')}
      </h2>
      <Figures columns={4}>
        <Figure label={t('blocks.made')} value={format.number(made)} />
        <Figure label={t('blocks.lifted')} value={format.number(lifted)} />
        <Figure label={t('blocks.ended')} value={format.number(endedByClock)} />
        <Figure
          label={t('blocks.attempts')}
          value={
            isExact
              ? format.number(attempts.atMost)
              : t('blocks.between', { least: attempts.atLeast, most: attempts.atMost })
          }
        >
          {isExact ? null : <span>{t('blocks.between-hint')}</span>}
        </Figure>
      </Figures>
    </section>
  );
}
