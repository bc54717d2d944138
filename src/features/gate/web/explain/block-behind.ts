import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { api, type Page } from '#platform/web/http.ts';
import type { Block } from '../../contract.ts';

/** The first block that had not ended when the message was written: it was refused by it, or waited until it came. */
const blockBehind = (newestFirst: readonly Block[], at: string): Block | undefined =>
  newestFirst.findLast(({ endedAt }) => endedAt === null || endedAt >= at);

/**
 * The block that stood in the way of a message of this time: reason and since when. For those alone who may see the
 * details of blocks; asked once for all messages of a contact.
 */
export function useBlockBehind(contactId: string, at: string): string | null {
  const { t } = useTranslation('gate');
  const format = useFormat();
  const { data } = useQuery({
    // Below the lists: what refreshes them refreshes it.
    queryKey: ['gate', 'list', 'contact', contactId],
    queryFn: ({ signal }) =>
      api.get<Page<Block>>('/api/v1/blocks', {
        query: { state: 'all', contactId, limit: 100 },
        signal,
      }),
    staleTime: 60_000,
  });
  const block = data && blockBehind(data.items, at);
  if (!block) return null;
  const since = t('facts.since', { at: format.dateTime(block.startedAt) });
  return `${t(`reasons.${block.reason}`)} · ${since}`;
}
