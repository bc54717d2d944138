import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { Card } from '#platform/web/ui/page.tsx';
import type { WhatsAppNumber } from '../contract.ts';
import { errorWordOf } from './error-words.ts';

/** Errors by code, in words. */
export function ErrorCard({ errors, otherErrors }: Pick<WhatsAppNumber, 'errors' | 'otherErrors'>) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const words: Record<string, string> = t('errors.codes', { returnObjects: true });
  const kinds = t('errors.kinds', { returnObjects: true });
  return (
    <Card title={t('errors.title')}>
      {errors.length === 0 && otherErrors.occurrences === 0 && (
        <p className="text-ink-soft">{t('errors.none')}</p>
      )}
      {errors.length > 0 && (
        <ul className="-my-2 divide-y divide-hairline">
          {errors.map(({ code, occurrences, lastAt }) => (
            <li key={code} className="py-2.5">
              <p className="font-medium">
                {words[String(code)] ?? errorWordOf(code, kinds) ?? t('errors.other')}
              </p>
              <p className="mt-0.5 flex flex-wrap gap-x-2 text-preview text-ink-soft tabular-nums">
                <span>
                  {t('errors.times', {
                    count: occurrences,
                    at: lastAt ? format.dateTime(lastAt) : '',
                  })}
                </span>
                <span>{t('errors.code', { code })}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
      {otherErrors.occurrences > 0 && (
        <p className={cx('text-ink-soft tabular-nums', errors.length > 0 && 'mt-4')}>
          {t('errors.rest', {
            count: otherErrors.occurrences,
            at: otherErrors.lastAt ? format.dateTime(otherErrors.lastAt) : '',
          })}
        </p>
      )}
    </Card>
  );
}
