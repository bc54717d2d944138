import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useDecidesRequests } from '../can-block.ts';
import { useRequestCounts } from './api.ts';

/** Says it to whoever decides when a request is brought up for want of an answer. Mounted once, by the shell. */
export function useFollowDesk(): void {
  const { t } = useTranslation('requests');
  const counts = useRequestCounts(useDecidesRequests()).data;
  // Of one that was decided meanwhile the moment is gone: what was known stays.
  const known = useRef<string | null>(null);
  useEffect(() => {
    if (!counts) return;
    const latest = counts.lastBroughtUpAt ?? '';
    if (known.current !== null && latest > known.current) {
      showToast(t('overdue', { count: counts.overdue }), { milliseconds: 12_000 });
    }
    if (known.current === null || latest > known.current) known.current = latest;
  }, [counts, t]);
}
