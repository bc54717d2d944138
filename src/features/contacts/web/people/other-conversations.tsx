import { useTranslation } from 'react-i18next';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import { useFacts } from './api.ts';
import { ConversationLines } from './conversation-lines.tsx';
import { WithPeopleWords } from './with-people-words.tsx';

interface OtherConversationsProps {
  contactId: string;
  /** The one that is open. */
  exceptId: string;
}

/** What else there is with this person, by any number of ours. */
export function OtherConversations(props: OtherConversationsProps) {
  return (
    <WithPeopleWords>
      <Others {...props} />
    </WithPeopleWords>
  );
}

function Others({ contactId, exceptId }: OtherConversationsProps) {
  const { t } = useTranslation('people');
  const { data: facts, error, refetch } = useFacts(contactId);
  if (error && !facts) {
    return <ErrorState title={t('detail.failed')} error={error} onRetry={() => void refetch()} />;
  }
  if (!facts) {
    return (
      <Delayed>
        <Skeleton className="mt-2 h-8 w-full rounded-control" />
      </Delayed>
    );
  }
  const others = facts.conversations.filter(({ id }) => id !== exceptId);
  return others.length === 0 ? (
    <p className="mt-1 text-preview text-ink-faint">{t('detail.no-other-conversations')}</p>
  ) : (
    <ConversationLines conversations={others} isBlocked={facts.isBlocked} />
  );
}
