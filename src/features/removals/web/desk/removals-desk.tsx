import { Flag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { useReviewsRemovals } from './api.ts';
import type { ConversationLink, RequestLink } from './links.ts';
import { OwnQueue } from './own/own-queue.tsx';
import { Queue } from './queue/queue.tsx';
import type { RemovalsSearch } from './removals-search.ts';
import { RequestView } from './view/request-view.tsx';
import { WithDeskWords } from './with-desk-words.tsx';

export interface RemovalsDeskProps {
  search: RemovalsSearch;
  onSearch: (search: RemovalsSearch) => void;
  /** The one that is open. */
  requestId: string | null;
  onBack: () => void;
  requestLink: RequestLink;
  conversationLink: ConversationLink;
}

/** The page *Solicitações*: for whoever decides the queue, for everybody else what they asked for themselves. */
export function RemovalsDesk(props: RemovalsDeskProps) {
  return (
    <WithDeskWords>
      <Desk {...props} />
    </WithDeskWords>
  );
}

function Desk({
  search,
  onSearch,
  requestId,
  onBack,
  requestLink,
  conversationLink,
}: RemovalsDeskProps) {
  const { t } = useTranslation('removals-desk');
  const reviews = useReviewsRemovals();
  return (
    <div className="flex h-full bg-paper">
      <div
        className={cx(
          'w-full shrink-0 border-r border-hairline bg-list xl:w-[400px]',
          requestId !== null && 'max-xl:hidden',
        )}
      >
        {reviews ? (
          <Queue search={search} onSearch={onSearch} selectedId={requestId} link={requestLink} />
        ) : (
          <OwnQueue selectedId={requestId} link={requestLink} />
        )}
      </div>
      {requestId !== null ? (
        // Another request is another box: whatever was revealed in this one goes with it.
        <RequestView
          key={requestId}
          requestId={requestId}
          onBack={onBack}
          conversationLink={conversationLink}
        />
      ) : (
        <div className="grid flex-1 place-items-center max-xl:hidden">
          <EmptyState icon={<Flag />} title={t('choose')} hint={t('choose-hint')} />
        </div>
      )}
    </div>
  );
}
