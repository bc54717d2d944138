import { Flag, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { useRemovalQueue } from '../api.ts';
import type { RequestLink } from '../links.ts';
import { hasFilter, queryOf, type RemovalsSearch, withoutFilter } from '../removals-search.ts';
import { QueueBody } from './queue-body.tsx';
import { QueueFilters } from './queue-filters.tsx';

interface QueueProps {
  search: RemovalsSearch;
  onSearch: (search: RemovalsSearch) => void;
  selectedId: string | null;
  link: RequestLink;
}

const nothingUnread: ReadonlySet<string> = new Set();

/** What is asked to go, as it comes in: own messages first, then what is due first. */
export function Queue({ search, onSearch, selectedId, link }: QueueProps) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const queue = useRemovalQueue(queryOf(search, memberId));
  return (
    <section aria-label={t('queue.label')} className="flex h-full min-h-0 flex-col">
      <header className="flex items-baseline justify-between gap-3 px-4 pt-5 pb-3">
        <h1 className="text-page font-semibold tracking-[-0.01em]">{t('title')}</h1>
        <HelpLink to="remocao" />
      </header>
      <QueueFilters search={search} onSearch={onSearch} />
      <QueueBody
        queue={queue}
        selectedId={selectedId}
        link={link}
        unreadIds={nothingUnread}
        failed={t('queue.failed')}
        empty={<Nothing search={search} onSearch={onSearch} />}
      />
    </section>
  );
}

function Nothing({ search, onSearch }: Pick<QueueProps, 'search' | 'onSearch'>) {
  const { t } = useTranslation('removals-desk');
  if (hasFilter(search)) {
    return (
      <EmptyState
        icon={<Search />}
        title={t('queue.no-hits')}
        action={
          <Button onClick={() => onSearch(withoutFilter(search))}>{t('filter.clear')}</Button>
        }
      />
    );
  }
  return search.estado ? (
    <EmptyState icon={<Flag />} title={t('queue.empty-state')} />
  ) : (
    <EmptyState icon={<Flag />} title={t('queue.empty')} hint={t('queue.empty-hint')} />
  );
}
