import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api, type Page } from '#platform/web/http.ts';
import type { AuditActors, AuditArea, AuditEvent } from '../contract.ts';

export interface Filters {
  readonly area: AuditArea | 'all';
  /** Of a person or a key, or `system`; empty for anybody. */
  readonly actorId: string;
  /** Empty for anything. */
  readonly subjectId: string;
  /** Days as a date field writes them, both counted in; empty for no bound. */
  readonly from: string;
  readonly to: string;
}

export const noFilters: Filters = { area: 'all', actorId: '', subjectId: '', from: '', to: '' };

const startOf = (day: string): Date => new Date(`${day}T00:00:00`);

const dayAfter = (day: string): Date => {
  const next = startOf(day);
  next.setDate(next.getDate() + 1);
  return next;
};

const moment = (day: string, of: (day: string) => Date): string | undefined =>
  day === '' || Number.isNaN(of(day).getTime()) ? undefined : of(day).toISOString();

/** As the API takes them. Days begin where the reader is. */
export const queryOf = ({ area, actorId, subjectId, from, to }: Filters) => ({
  area: area === 'all' ? undefined : area,
  actorId,
  subjectId,
  from: moment(from, startOf),
  to: moment(to, dayAfter),
});

export const useAuditEvents = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: ['audit', 'events', filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<AuditEvent>>('/api/v1/audit-events', {
        query: { ...queryOf(filters), cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Who can be chosen: whoever stands in the log. */
export const useAuditActors = () =>
  useQuery({
    queryKey: ['audit', 'actors'],
    queryFn: ({ signal }) => api.get<AuditActors>('/api/v1/audit-events/actors', { signal }),
    select: ({ items }) => items,
    staleTime: 0,
  });

/** Where the file is had with these filters: a link, so that the browser saves it as it comes. */
export const exportAddress = (filters: Filters): string => {
  const given = Object.entries(queryOf(filters)).filter(([, value]) => value);
  const query = new URLSearchParams(given as [string, string][]).toString();
  return `/api/v1/audit-events/export${query === '' ? '' : `?${query}`}`;
};
