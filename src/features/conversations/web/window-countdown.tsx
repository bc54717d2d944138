import { useTranslation } from 'react-i18next';
import { useNow } from '#platform/web/now.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Conversation } from '../contract.ts';
import { useDurationWords } from './duration-words.ts';

const hour = 3_600_000;

/** Free text may be sent until 24 hours after the person wrote; milliseconds left, or 0. */
export function useWindowLeft(conversation: Pick<Conversation, 'windowClosesAt'>): number {
  const now = useNow();
  const { windowClosesAt } = conversation;
  return windowClosesAt ? Math.max(0, Date.parse(windowClosesAt) - now) : 0;
}

/** "janela 22 h": amber in its last hour. */
export function WindowCountdown({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const durationWords = useDurationWords();
  const left = useWindowLeft(conversation);
  if (left === 0) return <span>{t('window.closed')}</span>;
  const time = durationWords(left);
  return (
    <span
      title={t('window.open-long', { time })}
      className={cx('tabular-nums', left < hour && 'font-medium text-amber')}
    >
      {t('window.open', { time })}
    </span>
  );
}
