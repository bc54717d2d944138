import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { Conversation, Message } from '../../contract.ts';
import { contactTitle } from '../contact-title.ts';
import { useOutgoing } from '../data/outgoing.ts';
import { threadQuery } from '../data/queries.ts';
import { inReadingOrder } from '../data/thread-pages.ts';
import { useWantedMessage } from '../data/wanted-message.ts';
import { FailureContact } from './failure.tsx';
import { holdMedia } from './media/hold-media.ts';
import { useIsHeld } from './media/use-held.ts';
import { ViewerHost } from './media/viewer-host.tsx';
import type { MessageActions } from './message-menu.tsx';
import type { Selecting } from './selection/use-selection.ts';
import { ThreadSkeleton } from './thread-lines.tsx';
import { threadRows } from './thread-rows.ts';
import { ThreadView } from './thread-view.tsx';
import { useUnread } from './use-unread.ts';

/** What the reader can do from the thread; the page decides what follows. */
export interface ThreadProps {
  conversation: Conversation;
  actions: MessageActions;
  selecting: Selecting;
}

/** The messages of one conversation, loaded, joined with what is still on its way, and read. */
export function Thread({ conversation, actions, selecting }: ThreadProps) {
  const { t } = useTranslation('conversations');
  const query = useInfiniteQuery(threadQuery(conversation.id));
  const isHeld = useIsHeld(conversation);
  const messages = useMemo(
    () => holdMedia(inReadingOrder(query.data), isHeld),
    [query.data, isHeld],
  );
  if (query.isPending) return <ThreadSkeleton />;
  if (query.error && !query.data) {
    return (
      <div className="grid h-full place-items-center">
        <ErrorState
          title={t('thread.failed')}
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      </div>
    );
  }
  return <LoadedThread {...{ conversation, actions, selecting, messages, query }} />;
}

interface OlderPages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<unknown>;
}

function LoadedThread({
  conversation,
  actions,
  selecting,
  messages,
  query,
}: ThreadProps & { messages: Message[]; query: OlderPages }) {
  const { t } = useTranslation('conversations');
  const me = useMe();
  const format = useFormat();
  const everything = useOutgoing();
  const outgoing = useMemo(
    () => everything.filter((item) => item.conversationId === conversation.id),
    [everything, conversation.id],
  );
  const askedId = useWantedMessage(conversation.id);
  const unread = useUnread(conversation, messages);
  const { forget } = unread;
  const isSending = outgoing.some((item) => item.refusal === null);
  // Whoever answers has read.
  useEffect(() => {
    if (isSending) forget();
  }, [isSending, forget]);
  const rows = useMemo(
    () =>
      threadRows({
        messages,
        outgoing,
        firstUnreadId: unread.firstUnreadId,
        myName: me.name,
        dayKey: format.dayKey,
      }),
    [messages, outgoing, unread.firstUnreadId, me.name, format],
  );
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const hasFailed = isFetchNextPageError && !isFetchingNextPage;
  const loadOlder = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (rows.length === 0) {
    return (
      <div className="grid h-full place-items-center">
        <EmptyState title={t('thread.empty')} hint={t('thread.empty-hint')} />
      </div>
    );
  }
  const contactName = contactTitle(conversation);
  return (
    <FailureContact value={conversation.contactId}>
      <ThreadView
        rows={rows}
        messages={messages}
        contactName={contactName}
        myName={me.name}
        actions={actions}
        selecting={selecting}
        hasOlder={hasNextPage}
        isLoadingOlder={isFetchingNextPage}
        hasOlderFailed={hasFailed}
        askedId={askedId}
        onLoadOlder={loadOlder}
        onAtEnd={unread.onAtEnd}
      />
      <ViewerHost messages={messages} contactName={contactName} />
    </FailureContact>
  );
}
