import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Segmented } from '#platform/web/ui/choices.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { BlockRequest } from '../../requests/contract.ts';
import { useRequests } from './api.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import type { QueueParts } from './queue-parts.ts';
import { RefuseDialog } from './refuse-dialog.tsx';
import { RequestCard } from './request-card.tsx';
import { WithDeskWords } from './with-desk-words.tsx';

interface QueueProps extends QueueParts {
  /** What was decided, instead of what waits. */
  isDecided: boolean;
  onDecided: (isDecided: boolean) => void;
}

/** The tab *Pedidos*: who asks, why, since when, what was written; approve or refuse. */
export function RequestQueue(parts: QueueProps) {
  return (
    <WithDeskWords>
      <Queue {...parts} />
    </WithDeskWords>
  );
}

function Queue({ isDecided, onDecided, ...parts }: QueueProps) {
  const { t } = useTranslation('request-desk');
  const requests = useRequests(isDecided ? 'decided' : 'open');
  const [decided, setDecided] = useState<{ how: 'approve' | 'refuse'; request: BlockRequest }>();
  const items = requests.data?.pages.flatMap((page) => page.items);
  const close = () => setDecided(undefined);
  return (
    <section aria-label={t('queue.title')} className="h-full overflow-y-auto outline-offset-[-2px]">
      <div className="mx-auto w-full max-w-[1280px] px-8 pb-8 max-md:px-4">
        <div className="w-72 max-w-full pb-3">
          <Segmented
            legend={<span className="sr-only">{t('queue.which')}</span>}
            value={isDecided ? 'decided' : 'open'}
            onChange={(which) => onDecided(which === 'decided')}
            options={[
              { value: 'open', label: t('queue.open') },
              { value: 'decided', label: t('queue.decided') },
            ]}
          />
        </div>
        {!items && requests.isPending && <LoadingCards />}
        {!items && requests.isError && (
          <ErrorState
            title={t('queue.failed')}
            error={requests.error}
            onRetry={() => void requests.refetch()}
          />
        )}
        {items?.length === 0 && (
          <EmptyState
            icon={<ShieldCheck />}
            title={t(isDecided ? 'queue.empty-decided' : 'queue.empty')}
            hint={t('queue.empty-hint')}
          />
        )}
        <ul className="flex max-w-[880px] flex-col gap-3">
          {items?.map((request) => (
            <li key={request.id}>
              <RequestCard
                request={request}
                {...parts}
                onApprove={() => setDecided({ how: 'approve', request })}
                onRefuse={() => setDecided({ how: 'refuse', request })}
              />
            </li>
          ))}
        </ul>
        {requests.hasNextPage && (
          <Button
            className="mt-4"
            isBusy={requests.isFetchingNextPage}
            onClick={() => void requests.fetchNextPage()}
          >
            {t('queue.more')}
          </Button>
        )}
      </div>
      {decided?.how === 'approve' && <ApproveDialog request={decided.request} onClose={close} />}
      {decided?.how === 'refuse' && <RefuseDialog request={decided.request} onClose={close} />}
    </section>
  );
}

const LoadingCards = () => (
  <Delayed>
    <div className="flex max-w-[880px] flex-col gap-3">
      <Skeleton className="h-36 w-full rounded-card" />
      <Skeleton className="h-36 w-full rounded-card" />
    </div>
  </Delayed>
);
