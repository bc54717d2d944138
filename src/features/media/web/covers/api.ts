import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '#platform/web/http.ts';
import type { ContactMediaRule, MediaCoverChoice, MediaCoverSettings } from '../../contract.ts';

const settingsPath = '/api/v1/media-cover-settings';
const ownPath = '/api/v1/me/media-cover';
const keys = {
  settings: ['media', 'cover-settings'] as const,
  own: ['media', 'own-cover'] as const,
  rule: (contactId: string) => ['media', 'contact-rule', contactId] as const,
};

export const useCoverSettings = () =>
  useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => api.get<MediaCoverSettings>(settingsPath, { signal }),
  });

export function useSaveCoverSettings(onSaved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: MediaCoverSettings) =>
      api.put<MediaCoverSettings>(settingsPath, settings),
    onSuccess: (saved) => {
      onSaved();
      client.setQueryData(keys.settings, saved);
    },
  });
}

export const useOwnCover = () =>
  useQuery({
    queryKey: keys.own,
    queryFn: ({ signal }) => api.get<MediaCoverChoice>(ownPath, { signal }),
  });

export function useChooseCover(onSaved: (choice: MediaCoverChoice) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (choice: MediaCoverChoice) => api.put<MediaCoverChoice>(ownPath, choice),
    onSuccess: (choice) => {
      client.setQueryData(keys.own, choice);
      // What this browser keeps was read before the choice.
      client.removeQueries({ queryKey: ['conversations'], type: 'inactive' });
      onSaved(choice);
    },
  });
}

export const useContactRule = (contactId: string) =>
  useQuery({
    queryKey: keys.rule(contactId),
    queryFn: ({ signal }) =>
      api.get<ContactMediaRule>(`/api/v1/contacts/${contactId}/media-rule`, { signal }),
  });

export type RuleChange = 'flag' | 'unflag' | 'always-show' | 'stop-showing';

const places = {
  flag: ['put', 'media-flag'],
  unflag: ['delete', 'media-flag'],
  'always-show': ['put', 'media-always-shown'],
  'stop-showing': ['delete', 'media-always-shown'],
} as const;

export function useChangeRule(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: RuleChange) => {
      const [method, place] = places[change];
      return api[method]<ContactMediaRule>(`/api/v1/contacts/${contactId}/${place}`);
    },
    onSuccess: (rule) => client.setQueryData(keys.rule(contactId), rule),
  });
}
