import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '#platform/web/http.ts';
import type { BulkAnswer, BulkBlockAnswer, bulkBlockSchema } from '../../bulk/contract.ts';
import { bulkLimit } from '../../bulk/limit/contract.ts';
import { refreshAll } from '../refresh-all.ts';

export type BulkBlockInput = z.input<typeof bulkBlockSchema>;

/** Any number of contacts, in as many requests as it takes, one after the other. */
const inParts = async (
  contactIds: readonly string[],
  ask: (part: readonly string[]) => Promise<BulkAnswer | BulkBlockAnswer>,
): Promise<BulkBlockAnswer> => {
  const all: BulkBlockAnswer = { done: 0, failed: [], stillOnWire: [] };
  for (let start = 0; start < contactIds.length; start += bulkLimit) {
    const answer = await ask(contactIds.slice(start, start + bulkLimit));
    all.done += answer.done;
    all.failed.push(...answer.failed);
    // Only a block tells of any.
    if ('stillOnWire' in answer) all.stillOnWire.push(...answer.stillOnWire);
  }
  return all;
};

const act = (name: 'bulk-unblock' | 'bulk-retry') => (contactIds: readonly string[]) =>
  inParts(contactIds, (part) =>
    api.post<BulkAnswer>(`/api/v1/blocks/${name}`, { contactIds: part }),
  );

const blockAll = ({ contactIds, ...block }: BulkBlockInput) =>
  inParts(contactIds, (part) =>
    api.post<BulkBlockAnswer>('/api/v1/blocks/bulk', { ...block, contactIds: part }),
  );

function useBulk<Input>(run: (input: Input) => Promise<BulkBlockAnswer>) {
  const client = useQueryClient();
  // Part of it may have been done before it failed.
  return useMutation({ mutationFn: run, onSettled: () => void refreshAll(client) });
}

export const useBulkBlock = () => useBulk(blockAll);
export const useBulkUnblock = () => useBulk(act('bulk-unblock'));
export const useBulkRetry = () => useBulk(act('bulk-retry'));
