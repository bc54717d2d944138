import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ShieldBan } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { api, type Page } from '#platform/web/http.ts';
import { formatPhone } from '#platform/web/phone.ts';
import type { FoundMessage } from '../../contract.ts';
import { queryKeys } from '../data/query-keys.ts';
import { wantMessage } from '../data/wanted-message.ts';

const useFoundMessages = (query: string, channelId: string | null) =>
  useInfiniteQuery({
    queryKey: queryKeys.found(query, channelId),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<FoundMessage>>('/api/v1/messages/search', {
        signal,
        query: { query, channelId: channelId ?? undefined, cursor: pageParam, limit: 20 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  });

/** Whoever has no name is called by the number. */
const titleOf = (name: string): string => (/^\+\d+$/.test(name) ? formatPhone(name) : name);

/** Below the people whose names answer the search: what was written. */
export function FoundMessages({
  search,
  channelId,
  whenNothing,
}: {
  search: string;
  /** Of one number of ours; null: of all. */
  channelId: string | null;
  /** Said when no message answers either. */
  whenNothing: ReactNode;
}) {
  const { t } = useTranslation('content');
  const found = useFoundMessages(search, channelId);
  const messages = (found.data?.pages ?? []).flatMap((page) => page.items);
  if (found.isPending) return null;
  if (messages.length === 0 && !found.error) return whenNothing;
  return (
    <section
      aria-label={t('search.title')}
      data-testid="found-messages"
      className="flex min-h-0 flex-1 flex-col border-t border-hairline"
    >
      <h2 className="px-4 pt-3 pb-1 text-meta font-medium text-ink-faint">{t('search.title')}</h2>
      {found.error ? (
        <p className="px-4 pb-4 text-preview text-ink-soft" role="status">
          {t('search.failed')}
        </p>
      ) : (
        <ul className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto pb-2">
          {messages.map((message) => (
            <li key={message.id}>
              <Found message={message} />
            </li>
          ))}
          {found.hasNextPage && (
            <li className="px-2">
              <button
                type="button"
                disabled={found.isFetchingNextPage}
                onClick={() => void found.fetchNextPage()}
                className="min-h-9 w-full rounded-control text-preview font-medium text-accent-ink hover:bg-hover"
              >
                {t('search.more')}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function Found({ message }: { message: FoundMessage }) {
  const { t } = useTranslation('content');
  const format = useFormat();
  return (
    <Link
      to="/conversas/$conversationId"
      params={{ conversationId: message.conversationId }}
      search={(before) => before}
      onClick={() => wantMessage(message.conversationId, message.id)}
      className="block px-4 py-2 -outline-offset-2 hover:bg-hover"
    >
      <span className="flex items-baseline gap-2">
        <span className="flex min-w-0 flex-1 items-center gap-1 text-preview font-medium">
          <span className="truncate">{titleOf(message.contactName)}</span>
          {message.isBlocked && (
            <ShieldBan
              aria-label={t('search.blocked')}
              className="size-3.5 shrink-0 text-ink-faint"
            />
          )}
        </span>
        <time dateTime={message.at} className="text-meta text-ink-faint">
          {format.short(message.at)}
        </time>
      </span>
      <span className="mt-0.5 line-clamp-2 text-preview text-ink-soft">
        {message.direction === 'out' && <span className="text-ink-faint">{t('search.you')} </span>}
        {message.excerpt.map((part, at) =>
          part.isMatch ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, in their order
            <mark key={at} className="bg-transparent font-semibold text-ink">
              {part.text}
            </mark>
          ) : (
            part.text
          ),
        )}
      </span>
    </Link>
  );
}
