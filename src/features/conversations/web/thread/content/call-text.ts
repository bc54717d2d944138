import { useTranslation } from 'react-i18next';
import { useNow } from '#platform/web/now.ts';
import type { ContentOf, Message } from '../../../contract.ts';

type Call = ContentOf<'call'>;

/** No phone rings for longer; one whose end was never told is a call and no more. */
const longestRing = 2 * 60_000;

/** The words of a call as far as it is known to have come. */
export function useCallText(): (
  call: Pick<Call, 'state' | 'outcome' | 'durationSeconds'>,
  of: Pick<Message, 'direction' | 'at'>,
) => string {
  const { t } = useTranslation('content');
  const { t: kinds } = useTranslation('kinds');
  const now = useNow();
  const duration = (whole: number): string =>
    whole < 60
      ? t('call.seconds', { count: whole })
      : t('call.minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  return ({ state, outcome, durationSeconds: seconds }, { direction, at }) => {
    switch (outcome) {
      case 'answered':
        return seconds === null
          ? t('call.answered-plain')
          : t('call.answered', { duration: duration(Math.round(seconds)) });
      case 'missed':
        return direction === 'out' ? kinds('call.not-taken') : t('call.missed');
      case 'rejected':
        return t('call.rejected');
      default:
        if (state === 'under-way') return kinds('call.under-way');
        return state === 'ringing' && now - Date.parse(at) < longestRing
          ? kinds('call.rings')
          : t('call.ringing');
    }
  };
}
