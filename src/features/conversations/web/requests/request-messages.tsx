import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, type Page } from '#platform/web/http.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import type { Message } from '../../contract.ts';
import { queryKeys } from '../data/query-keys.ts';
import { QuietMessages } from './quiet-messages.tsx';

/** What the contact had written last when a block was asked for, as it stands in the thread: covered media stay covered. */
export function RequestMessages({
  requestId,
  contactName,
}: {
  requestId: string;
  contactName: string;
}) {
  const { t } = useTranslation('conversations');
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.ofRequest(requestId),
    queryFn: ({ signal }) =>
      api.get<Page<Message>>(`/api/v1/block-requests/${requestId}/messages`, { signal }),
  });
  if (error && !data) {
    return <ErrorState title={t('thread.failed')} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return (
      <Delayed>
        <Skeleton className="mt-3 h-16 w-2/3 rounded-card" />
      </Delayed>
    );
  }
  return (
    <QuietMessages messages={[...data.items].reverse()} contactName={contactName} isWithoutDays />
  );
}
