import { Flag } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { useOwnRemovals } from '../api.ts';
import type { RequestLink } from '../links.ts';
import { RequestRows, Waiting } from '../queue/queue.tsx';

const byId = (items: readonly RemovalRequest[]) => new Map(items.map((each) => [each.id, each]));

/** What was read leaves the list of the server; of the screen it goes only with the visit. */
function useKept(items: readonly RemovalRequest[] | undefined): readonly RemovalRequest[] {
  const kept = useRef(new Map<string, RemovalRequest>());
  if (items) kept.current = new Map([...kept.current, ...byId(items)]);
  return [...kept.current.values()].toSorted((one, other) => other.number - one.number);
}

/** *Solicitações* of whoever asks: their own, what waits and what was decided. */
export function OwnQueue({ selectedId, link }: { selectedId: string | null; link: RequestLink }) {
  const { t } = useTranslation('removals-desk');
  const own = useOwnRemovals(true);
  const items = useKept(own.data);
  return (
    <section aria-label={t('own.title')} className="flex h-full min-h-0 flex-col">
      <header className="border-b border-hairline px-4 pt-5 pb-3">
        <h1 className="text-page font-semibold tracking-[-0.01em]">{t('title')}</h1>
        <p className="mt-1 text-preview text-ink-soft">{t('own.lead')}</p>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]">
        {own.isPending && <Waiting />}
        {!own.data && own.isError && (
          <ErrorState
            title={t('own.failed')}
            error={own.error}
            onRetry={() => void own.refetch()}
          />
        )}
        {own.data && items.length === 0 && (
          <EmptyState icon={<Flag />} title={t('own.empty')} hint={t('own.empty-hint')} />
        )}
        {items.length > 0 && <RequestRows items={items} selectedId={selectedId} link={link} />}
      </div>
    </section>
  );
}
