import { useTranslation } from 'react-i18next';
import { showToast } from '#platform/web/ui/toast.tsx';

const wireNoticeFor = 15_000;

/** What was on its way to somebody who is blocked now may have reached them: said wherever a block is made. */
export function useTellWire(): (stillOnWire: readonly string[]) => void {
  const { t } = useTranslation('people');
  return ({ length: count }) => {
    if (count > 0) showToast(t('still-on-wire', { count }), { milliseconds: wireNoticeFor });
  };
}
