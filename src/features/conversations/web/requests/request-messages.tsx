import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { api, type Page } from '#platform/web/http.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import type { Message } from '../../contract.ts';
import { queryKeys } from '../data/query-keys.ts';
import { ViewerHost } from '../thread/media/viewer-host.tsx';
import { MessageBubble } from '../thread/message-bubble.tsx';

const nothing = () => undefined;
const noActions = { canReply: false, onReply: nothing, onForward: nothing };

/** What the contact had written last when a block was asked for, as it stands in the thread: covered media stay covered. */
export function RequestMessages({
  requestId,
  contactName,
}: {
  requestId: string;
  contactName: string;
}) {
  const { t } = useTranslation('conversations');
  const me = useMe();
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
  const messages = [...data.items].reverse();
  return (
    <>
      {messages.map((message) => (
        <MessageBubble
          key={message.id}
          message={message}
          contactName={contactName}
          myName={me.name}
          isJoined={false}
          // Nothing is done with a message from here.
          isPending
          isWaiting={false}
          refused={null}
          isMarked={false}
          actions={noActions}
          onJump={nothing}
        />
      ))}
      <ViewerHost messages={messages} contactName={contactName} />
    </>
  );
}
