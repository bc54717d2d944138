import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Message } from '#features/conversations/contract.ts';
import { QuietMessages } from '#features/conversations/web/index.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { MoreFailed } from '#platform/web/ui/states.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { contextQuery } from '../api.ts';
import { contactTitle } from '../request-facts.tsx';
import { ItemBox } from './item-box.tsx';
import type { Decision } from './use-decision.ts';

/** The messages of the request with what was said round them; what is covered stays so until somebody looks. */
export function ContextThread({
  request,
  decision,
}: {
  request: RemovalRequest;
  decision: Decision | null;
}) {
  const { t } = useTranslation('removals-desk');
  const ids = request.items.map(({ messageId }) => messageId);
  const { data, isError, refetch } = useQuery(contextQuery(request.id, ids));
  if (!data && !isError) return <Waiting />;
  const known = new Set(data?.flat().map(({ id }) => id));
  const itemOf = new Map(request.items.map((item) => [item.messageId, item]));
  const boxOf = (message: Message) => {
    const item = itemOf.get(message.id);
    return item ? <ItemBox request={request} item={item} decision={decision} /> : null;
  };
  return (
    <section aria-label={t('context.title')} className="mb-6">
      <h3 className="font-semibold">{t('context.title')}</h3>
      <p className="mt-0.5 text-preview text-ink-soft">{t('context.lead')}</p>
      {isError && !data && <MoreFailed onRetry={() => void refetch()} />}
      {data?.map((stretch, at) => (
        <div key={stretch[0]?.id ?? at}>
          {at > 0 && <Gap />}
          <QuietMessages
            messages={stretch}
            contactName={contactTitle(request.contactName)}
            instead={boxOf}
            whileLoading={<Waiting />}
          />
        </div>
      ))}
      {/* Old ones may be gone from the conversation, and the context may not be readable: each is decided all the same. */}
      {request.items
        .filter(({ messageId }) => !known.has(messageId))
        .map((item) => (
          <ItemBox key={item.messageId} request={request} item={item} decision={decision} />
        ))}
    </section>
  );
}

const Gap = () => (
  <div aria-hidden="true" className="pt-4 text-center text-ink-faint">
    ⋯
  </div>
);

const Waiting = () => (
  <Delayed>
    <div className="mb-6 flex flex-col gap-3">
      <Skeleton className="h-12 w-3/5 rounded-bubble" />
      <Skeleton className="h-40 w-4/5 rounded-card" />
      <Skeleton className="h-12 w-2/5 rounded-bubble" />
    </div>
  </Delayed>
);
