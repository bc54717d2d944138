import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '#platform/web/http.ts';
import type { BulkAnswer, BulkBlockAnswer, bulkBlockSchema } from '../../bulk/contract.ts';
import { bulkLimit } from '../../bulk/limit/contract.ts';
import { refreshAll } from '../refresh-all.ts';
import { inParts } from './in-parts.ts';

export type BulkBlockInput = z.input<typeof bulkBlockSchema>;

interface Many {
  contactIds: readonly string[];
  /** How many have been asked for so far. */
  onPart?: (asked: number) => void;
}

/** So few that a count of them moves; a block takes as many as it may, since each request waits for the wire. */
const shortPart = 100;

const act =
  (name: 'bulk-unblock' | 'bulk-retry') =>
  ({ contactIds, onPart }: Many) =>
    inParts(
      contactIds,
      shortPart,
      (part) => api.post<BulkAnswer>(`/api/v1/blocks/${name}`, { contactIds: part }),
      onPart,
    );

const blockAll = ({ contactIds, ...block }: BulkBlockInput) =>
  inParts(contactIds, bulkLimit, (part) =>
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
