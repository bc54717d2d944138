import { useTranslation } from 'react-i18next';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** "12 min", "22 h", "3 dias": one unit, because a glance is enough. */
export function useDurationWords(): (milliseconds: number) => string {
  const { t } = useTranslation('conversations');
  return (milliseconds) => {
    if (milliseconds < hour) {
      return t('duration.minutes', { count: Math.max(1, Math.floor(milliseconds / minute)) });
    }
    if (milliseconds < 2 * day)
      return t('duration.hours', { count: Math.floor(milliseconds / hour) });
    return t('duration.days', { count: Math.floor(milliseconds / day) });
  };
}
