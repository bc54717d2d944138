import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import type { ContactFacts } from '../../people/contract.ts';

/** The list that has the conversations of somebody who is blocked, for whoever may see it; else the one looked at last. */
const useListOf = (isBlocked: boolean) => {
  const seesBlocked = useRight('block.see-details');
  return isBlocked && seesBlocked ? ({ view: 'blocked' } as const) : {};
};

/** Conversations of one contact: by which number of ours, how they stand, when something happened last. */
export function ConversationLines({
  conversations,
  isBlocked,
}: Pick<ContactFacts, 'conversations' | 'isBlocked'>) {
  const list = useListOf(isBlocked);
  const { t } = useTranslation('people');
  const format = useFormat();
  return (
    <ul className="mt-1">
      {conversations.map(({ id, channelName, status, lastActivityAt }) => (
        <li key={id}>
          <Link
            to="/conversas/$conversationId"
            params={{ conversationId: id }}
            search={list}
            className="-mx-2 flex items-baseline gap-2 rounded-control px-2 py-1.5 hover:bg-hover"
          >
            <span className="min-w-0 flex-1 truncate">{channelName}</span>
            <span className="text-meta text-ink-soft">{t(`detail.${status}`)}</span>
            <time dateTime={lastActivityAt} className="text-meta text-ink-faint tabular-nums">
              {format.short(lastActivityAt)}
            </time>
          </Link>
        </li>
      ))}
    </ul>
  );
}
