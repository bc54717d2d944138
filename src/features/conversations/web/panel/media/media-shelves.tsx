import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import { Tabs } from '#platform/web/ui/tabs.tsx';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import type { Conversation, MediaShelf, Message } from '../../../contract.ts';
import { contactTitle } from '../../contact-title.ts';
import { shelfQuery } from '../../data/queries.ts';
import { wantMessage } from '../../data/wanted-message.ts';
import { holdMedia } from '../../thread/media/hold-media.ts';
import { useIsHeld } from '../../thread/media/use-held.ts';
import { ViewerOf } from '../../thread/media/viewer-host.tsx';
import { ViewerPlaceContext } from '../../thread/media/viewer-state.ts';
import { DocumentItem } from './document-item.tsx';
import { MediaTile } from './media-tile.tsx';
import { useShelfWords } from './shelf-words.ts';

export interface MediaShelvesProps {
  conversation: Conversation;
  /** A message is shown in the thread: what lies over it goes away. */
  onGo: () => void;
}

/** Pictures and films in a grid, documents in a list: as the thread shows them, and to whom it shows them. */
export function MediaShelves(props: MediaShelvesProps) {
  const words = useShelfWords();
  return (
    <WithWords words={words}>
      <Shelves {...props} />
    </WithWords>
  );
}

function Shelves(props: MediaShelvesProps) {
  const { t } = useTranslation('shelves');
  const [shelf, setShelf] = useState<MediaShelf>('visual');
  const panelId = useId();
  return (
    <>
      <div className="-mx-2 mt-1">
        <Tabs
          label={t('label')}
          value={shelf}
          onChange={setShelf}
          panelId={panelId}
          tabs={[
            { value: 'visual', label: t('visual') },
            { value: 'document', label: t('document') },
          ]}
        />
      </div>
      <div
        id={panelId}
        role="tabpanel"
        aria-labelledby={`${panelId}-${shelf}`}
        data-testid="media-shelf"
        className="pt-3 pb-1"
      >
        <Shelf key={shelf} shelf={shelf} {...props} />
      </div>
    </>
  );
}

/** The rows of the thread stand out by 6 px, and are as wide as a bubble. */
const listLook = 'flex flex-col gap-3 px-1.5 [&_[data-media]]:w-full';
const gridLook = 'grid grid-cols-[repeat(auto-fill,minmax(128px,1fr))] gap-1.5';

function Waiting({ shelf }: { shelf: MediaShelf }) {
  return (
    <Delayed>
      {shelf === 'visual' ? (
        <div className={gridLook}>
          <Skeleton className="aspect-square rounded-control" />
          <Skeleton className="aspect-square rounded-control" />
        </div>
      ) : (
        <Skeleton className="h-11 rounded-control" />
      )}
    </Delayed>
  );
}

function Shelf({ conversation, shelf, onGo }: MediaShelvesProps & { shelf: MediaShelf }) {
  const { t } = useTranslation('shelves');
  const query = useInfiniteQuery(shelfQuery(conversation.id, shelf));
  const isHeld = useIsHeld(conversation);
  const messages = useMemo(
    () => holdMedia(query.data?.pages.flatMap((page) => page.items) ?? [], isHeld),
    [query.data, isHeld],
  );
  // In the viewer one goes on to the right, as in the thread.
  const inOrder = useMemo(() => [...messages].reverse(), [messages]);
  if (query.isPending) return <Waiting shelf={shelf} />;
  if (query.error && !query.data) {
    return (
      <ErrorState title={t('failed')} error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const go = ({ conversationId, id }: Message) => {
    wantMessage(conversationId, id);
    onGo();
  };
  const Item = shelf === 'visual' ? MediaTile : DocumentItem;
  return (
    <ViewerPlaceContext value="panel">
      {messages.length === 0 && !query.hasNextPage && (
        <p className="text-preview text-ink-faint">{t(`none.${shelf}`)}</p>
      )}
      <ul className={shelf === 'visual' ? gridLook : listLook}>
        {messages.map((message) => (
          <li key={message.id} className="min-w-0">
            <Item message={message} onGo={go} />
          </li>
        ))}
      </ul>
      {query.isFetchNextPageError && !query.isFetchingNextPage ? (
        <MoreFailed onRetry={() => void query.fetchNextPage()} />
      ) : (
        query.hasNextPage && (
          <Button
            variant="quiet"
            className="mt-2 w-full"
            isBusy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('more')}
          </Button>
        )
      )}
      <ViewerOf
        messages={inOrder}
        contactName={contactTitle(conversation)}
        place="panel"
        toMessage={{ label: t('go'), go }}
      />
    </ViewerPlaceContext>
  );
}
