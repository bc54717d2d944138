import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { BlockRequest } from '../../requests/contract.ts';
import { useOpenRequests } from './api.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import type { QueueParts } from './queue-parts.ts';
import { RefuseDialog } from './refuse-dialog.tsx';
import { RequestCard } from './request-card.tsx';
import { WithDeskWords } from './with-desk-words.tsx';

/** What was brought up comes first, then whoever has waited longest. */
const inTurn = (one: BlockRequest, other: BlockRequest): number =>
  other.broughtUpCount - one.broughtUpCount || one.openedAt.localeCompare(other.openedAt);

/** The tab *Pedidos*: who asks, why, since when, what was written; approve or refuse. */
export function RequestQueue(parts: QueueParts) {
  return (
    <WithDeskWords>
      <Queue {...parts} />
    </WithDeskWords>
  );
}

function Queue(parts: QueueParts) {
  const { t } = useTranslation('request-desk');
  const requests = useOpenRequests();
  const [decided, setDecided] = useState<{ how: 'approve' | 'refuse'; request: BlockRequest }>();
  const items = requests.data?.pages.flatMap((page) => page.items).sort(inTurn);
  const close = () => setDecided(undefined);
  return (
    <section aria-label={t('queue.title')} className="h-full overflow-y-auto outline-offset-[-2px]">
      <div className="mx-auto w-full max-w-[1280px] px-8 pb-8 max-md:px-4">
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
            title={t('queue.empty')}
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
