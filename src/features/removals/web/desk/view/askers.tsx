import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import type { RemovalRequest } from '../../../contract.ts';

/** Who asks, why, and what they wrote; an agent finds only themselves. */
export function Askers({ request: { askers } }: { request: RemovalRequest }) {
  const { t } = useTranslation('removals-desk');
  const format = useFormat();
  if (askers.length === 0) return null;
  return (
    <div className="mt-5">
      <Card>
        <ul aria-label={t('askers')} className="flex flex-col gap-3">
          {askers.map(({ kind, id, name, reason, note, askedAt }) => (
            <li key={id}>
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{t(`reasons.${reason}`)}</span>
                <span className="text-preview text-ink-soft tabular-nums">
                  {t('asked', {
                    name: kind === 'system' ? t('system') : name,
                    at: format.dateTime(askedAt),
                  })}
                </span>
              </p>
              {note && (
                <p className="mt-0.5 text-preview break-words whitespace-pre-wrap text-ink-soft">
                  {note}
                </p>
              )}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
