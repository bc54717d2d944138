import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import type { ProtectionReport } from '../contract.ts';

const path = '/api/v1/reports/protection';

export interface ReportQuery {
  readonly from: string;
  readonly to: string;
  readonly channelId?: string;
}

export const useProtection = (query: ReportQuery) =>
  useQuery({
    queryKey: ['reports', 'protection', query],
    queryFn: ({ signal }) => api.get<ProtectionReport>(path, { query: { ...query }, signal }),
    placeholderData: keepPreviousData,
  });

/** Where the same figures come as a file. */
export const exportAddress = ({ from, to, channelId }: ReportQuery): string =>
  `${path}/export?${new URLSearchParams({ from, to, ...(channelId && { channelId }) })}`;
