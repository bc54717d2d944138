import { Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Segmented } from '#platform/web/ui/choices.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { ContactFacts, IdentityConflict } from '../../people/contract.ts';
import { useConflicts } from './api.ts';
import { ConflictCard } from './conflict-card.tsx';
import { DecideDialog } from './decide-dialog.tsx';

export interface ConflictListProps {
  /** The page knows the way to a contact. */
  contactLink: (facts: ContactFacts) => ReactNode;
  /** What a block of a contact will stop. */
  blockImpact: (contactId: string) => ReactNode;
}

/** The tab *Conflitos*: what cannot be true of one person, both sides' facts, and the question. */
export function ConflictList({ contactLink, blockImpact }: ConflictListProps) {
  const { t } = useTranslation('people');
  const [state, setState] = useState<'open' | 'decided'>('open');
  const [decided, setDecided] = useState<IdentityConflict | null>(null);
  const conflicts = useConflicts(state);
  const items = conflicts.data?.pages.flatMap((page) => page.items);
  return (
    <section
      aria-label={t('tabs.conflicts')}
      className="h-full overflow-y-auto outline-offset-[-2px]"
    >
      <div className="mx-auto w-full max-w-[1080px] px-8 pb-8 max-md:px-4">
        <div className="mb-4 max-w-72">
          <Segmented
            legend={<span className="sr-only">{t('conflicts.states')}</span>}
            value={state}
            onChange={setState}
            options={[
              { value: 'open', label: t('conflicts.open') },
              { value: 'decided', label: t('conflicts.decided') },
            ]}
          />
        </div>
        {!items && conflicts.isPending && (
          <Delayed>
            <Skeleton className="h-60 w-full max-w-[880px] rounded-card" />
          </Delayed>
        )}
        {!items && conflicts.isError && (
          <ErrorState
            title={t('conflicts.failed')}
            error={conflicts.error}
            onRetry={() => void conflicts.refetch()}
          />
        )}
        {items?.length === 0 &&
          (state === 'open' ? (
            <EmptyState
              icon={<Users />}
              title={t('conflicts.empty')}
              hint={t('conflicts.empty-hint')}
            />
          ) : (
            <EmptyState icon={<Users />} title={t('conflicts.none-decided')} />
          ))}
        <ul className="flex max-w-[880px] flex-col gap-4">
          {items?.map((conflict) => (
            <li key={conflict.id}>
              <ConflictCard
                conflict={conflict}
                contactLink={contactLink}
                onDecide={() => setDecided(conflict)}
              />
            </li>
          ))}
        </ul>
        {conflicts.hasNextPage && (
          <Button
            className="mt-4"
            isBusy={conflicts.isFetchingNextPage}
            onClick={() => void conflicts.fetchNextPage()}
          >
            {t('conflicts.more')}
          </Button>
        )}
      </div>
      {decided && (
        <DecideDialog
          conflict={decided}
          blockImpact={blockImpact}
          onClose={() => setDecided(null)}
        />
      )}
    </section>
  );
}
