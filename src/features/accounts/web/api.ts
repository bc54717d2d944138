import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { api, type Page } from '#platform/web/http.ts';
import type {
  ApiKey,
  CreatedMember,
  changePasswordSchema,
  createApiKeySchema,
  createdApiKeySchema,
  createMemberSchema,
  Me,
  Member,
  resetLinkSchema,
  resetPasswordSchema,
  setupSchema,
  setupStateSchema,
  UpdatedMember,
  updateMemberSchema,
  updateProfileSchema,
  updateWorkspaceSchema,
} from '../contract.ts';
import { accountKeys, applyLanguage } from './me.ts';

export type NewMember = z.input<typeof createMemberSchema>;
export type NewApiKey = z.input<typeof createApiKeySchema>;
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;
export type ResetLink = z.infer<typeof resetLinkSchema>;
export type SetupInput = z.output<typeof setupSchema>;

export const useMembers = () =>
  useQuery({
    queryKey: accountKeys.members,
    queryFn: ({ signal }) => api.get<Page<Member>>('/api/v1/members', { signal }),
  });

export const useApiKeys = () =>
  useQuery({
    queryKey: accountKeys.apiKeys,
    queryFn: ({ signal }) => api.get<Page<ApiKey>>('/api/v1/api-keys', { signal }),
    staleTime: 0,
  });

/** A change of people or keys: whatever of accounts is on screen is read again. */
function useAccountChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => void client.invalidateQueries({ queryKey: accountKeys.all }),
  });
}

export const useCreateMember = () =>
  useAccountChange((input: NewMember) => api.post<CreatedMember>('/api/v1/members', input));

export const useUpdateMember = () =>
  useAccountChange(({ id, ...input }: z.input<typeof updateMemberSchema> & { id: string }) =>
    api.patch<UpdatedMember>(`/api/v1/members/${id}`, input),
  );

export const useRemoveMember = () =>
  useAccountChange((id: string) => api.delete<void>(`/api/v1/members/${id}`));

export const useMakeResetLink = () =>
  useMutation({
    mutationFn: (id: string) => api.post<ResetLink>(`/api/v1/members/${id}/reset-link`),
  });

export const useCreateApiKey = () =>
  useAccountChange((input: NewApiKey) => api.post<CreatedApiKey>('/api/v1/api-keys', input));

export const useRevokeApiKey = () =>
  useAccountChange((id: string) => api.delete<void>(`/api/v1/api-keys/${id}`));

/** Both answer the new `me`, which may speak another language. */
function useMeChange<Input>(change: (input: Input) => Promise<Me>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (me) => {
      client.setQueryData(accountKeys.me, me);
      await applyLanguage(me);
      await client.invalidateQueries({ queryKey: accountKeys.all });
    },
  });
}

export const useUpdateProfile = () =>
  useMeChange((input: z.input<typeof updateProfileSchema>) => api.patch<Me>('/api/v1/me', input));

export const useUpdateWorkspace = () =>
  useMeChange((input: z.input<typeof updateWorkspaceSchema>) =>
    api.patch<Me>('/api/v1/workspace', input),
  );

export const useChangePassword = () =>
  useMutation({
    mutationFn: (input: z.input<typeof changePasswordSchema>) =>
      api.post<void>('/api/v1/me/password', input),
  });

export const useResetPassword = () =>
  useMutation({
    mutationFn: (input: z.input<typeof resetPasswordSchema>) =>
      api.post<void>('/api/v1/password-reset', input),
  });

export const useSetupState = () =>
  useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => api.get<z.infer<typeof setupStateSchema>>('/api/v1/setup', { signal }),
    staleTime: 0,
  });

export const useSetup = () =>
  useMutation({ mutationFn: (input: SetupInput) => api.post<unknown>('/api/v1/setup', input) });
