import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { api, type Page } from '#platform/web/http.ts';
import { changeLanguage } from '#platform/web/i18n/start-i18n.ts';
import { setPreference } from '#platform/web/preferences.ts';
import type { Colleague, Me, Right } from '../contract.ts';

export const accountKeys = {
  all: ['accounts'],
  me: ['accounts', 'me'],
  colleagues: ['accounts', 'colleagues'],
  members: ['accounts', 'members'],
  apiKeys: ['accounts', 'api-keys'],
} as const;

/** Who is signed in. The shell loads it before anything else; 401 means nobody is. */
export const meQuery = queryOptions({
  queryKey: accountKeys.me,
  queryFn: ({ signal }) => api.get<Me>('/api/v1/me', { signal }),
  staleTime: 5 * 60_000,
});

/** The person at this screen, their role and rights. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether the person may do something. For drawing only: the server asks again. */
export const useRight = (right: Right): boolean => useMe().rights.includes(right);

/** Everybody in the workspace, by name; empty until it is known. */
export function useColleagues(): readonly Colleague[] {
  const { data } = useQuery({
    queryKey: accountKeys.colleagues,
    queryFn: ({ signal }) => api.get<Page<Colleague>>('/api/v1/colleagues', { signal }),
    staleTime: 5 * 60_000,
  });
  return data?.items ?? [];
}

/** The person's own language, else the workspace's; remembered for the pages before sign-in. */
export async function applyLanguage(me: Me): Promise<void> {
  const language = me.locale ?? me.workspace.locale;
  setPreference('language', language);
  await changeLanguage(language);
}
