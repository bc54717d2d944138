import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Conversation, Message } from '#features/conversations/contract.ts';
import type { Template } from '#features/templates/contract.ts';
import { api, type Page } from '#platform/web/http.ts';
import { serverNow } from '#platform/web/server-clock.ts';
import type {
  AppSyncPart,
  checkNumberSchema,
  connectNumberSchema,
  Inspection,
  NumberCheck,
  updateNumberSchema,
  WhatsAppNumber,
  WhatsAppNumbers,
} from '../contract.ts';
import { isSamePhone } from './same-phone.ts';

export type NewNumber = z.input<typeof connectNumberSchema>;
export type NumberChange = z.input<typeof updateNumberSchema>;
export type Typed = z.input<typeof checkNumberSchema>;

const path = '/api/v1/channels/whatsapp';
const keys = {
  all: ['channels'],
  list: ['channels', 'list'],
  one: (id: string) => ['channels', 'one', id],
  inspection: (id: string) => ['channels', 'inspection', id],
} as const;

export const useNumbers = () =>
  useQuery({
    queryKey: keys.list,
    queryFn: ({ signal }) => api.get<WhatsAppNumbers>(path, { signal }),
    staleTime: 0,
    refetchInterval: 15_000,
  });

/** @param everyMs short while somebody waits for something to arrive */
export const useNumber = (id: string, everyMs: number) =>
  useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => api.get<WhatsAppNumber>(`${path}/${id}`, { signal }),
    staleTime: 0,
    refetchInterval: everyMs,
  });

/** What Meta says now; asked on opening and by hand, not over and over. */
export const useInspection = (id: string, isWanted: boolean) =>
  useQuery({
    queryKey: keys.inspection(id),
    queryFn: ({ signal }) =>
      api.post<Inspection>(`${path}/${id}/inspection`, undefined, { signal }),
    enabled: isWanted,
    staleTime: 60_000,
    retry: false,
  });

export const checkTyped = (typed: Typed, signal: AbortSignal): Promise<NumberCheck> =>
  api.post<NumberCheck>(`${path}/checks`, typed, { signal });

function useNumbersChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      // A first reading that is under way would tell how it was before, and would be taken for the new one.
      await client.cancelQueries({ queryKey: keys.all });
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.all }),
        // Also what the list of conversations knows of our numbers.
        client.invalidateQueries({ queryKey: ['conversations', 'channels'] }),
      ]);
    },
  });
}

export const useConnect = () =>
  useNumbersChange((input: NewNumber) => api.post<WhatsAppNumber>(path, input));

export const useUpdate = (id: string) =>
  useNumbersChange((input: NumberChange) => api.patch<WhatsAppNumber>(`${path}/${id}`, input));

/** Its own page is left at once, so nothing of it is asked for again. */
export const useDisconnect = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<void>(`${path}/${id}`),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.list });
      void client.invalidateQueries({ queryKey: ['conversations', 'channels'] });
    },
  });
};

export const useSubscribe = (id: string) =>
  useNumbersChange(() => api.post<void>(`${path}/${id}/subscription`));

/** The history or the address book of the Business app; what comes is told by the number itself. */
export const useAskAppSync = (id: string) =>
  useNumbersChange((part: AppSyncPart) => api.post<void>(`${path}/${id}/app-sync`, { part }));

/** The open conversation of this number with the phone that was typed: looked for by its last digits, and no other that ends alike. */
export const findOpenConversation = async (
  channelId: string,
  typed: string,
): Promise<Conversation | undefined> => {
  const query = { view: 'all', search: typed.replace(/\D/g, '').slice(-8) };
  const { items } = await api.get<Page<Conversation>>('/api/v1/conversations', { query });
  return items.find(
    ({ channel, contactPhone, windowClosesAt }) =>
      channel.id === channelId &&
      contactPhone !== null &&
      isSamePhone(contactPhone, typed) &&
      windowClosesAt !== null &&
      Date.parse(windowClosesAt) > serverNow(),
  );
};

export const sendText = (conversationId: string, text: string): Promise<Message> =>
  api.post<Message>(`/api/v1/conversations/${conversationId}/messages`, { type: 'text', text });

const needsNothing = ({ header, body, buttons }: Template): boolean =>
  (header.kind === 'none' || header.kind === 'text') &&
  header.placeholders.length === 0 &&
  body.placeholders.length === 0 &&
  buttons.every(({ needsValue }) => !needsValue);

/** Enough to choose from; an account may have thousands. */
const mostOffered = 100;

/** Page by page: the first that need nothing may stand far behind those that do. */
export const readReadyTemplates = async (
  channelId: string,
  signal: AbortSignal,
): Promise<Template[]> => {
  const ready: Template[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string | number | null> = { channelId, limit: 100, cursor };
    const page: Page<Template> = await api.get('/api/v1/templates', { signal, query });
    ready.push(...page.items.filter(needsNothing));
    cursor = page.nextCursor;
  } while (cursor !== null && ready.length < mostOffered);
  return ready;
};

/** The approved templates that need no values; those just read from Meta come a moment after the number. */
export const useReadyTemplates = (channelId: string) =>
  useQuery({
    queryKey: ['channels', 'templates', channelId],
    queryFn: ({ signal }) => readReadyTemplates(channelId, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.length ? false : 3_000),
  });

/** To a phone that never wrote: opens its conversation and sends by the way of all messages. */
export const sendTemplate = async (
  channelId: string,
  phone: string,
  templateId: string,
): Promise<Message> => {
  const { id } = await api.post<Conversation>('/api/v1/conversations', { phone, channelId });
  const body = { type: 'template', templateId };
  return api.post<Message>(`/api/v1/conversations/${id}/messages`, body);
};

/** How a message fares, until its end is known. */
export const useMessage = (id: string | undefined) =>
  useQuery({
    queryKey: ['channels', 'test', id],
    queryFn: ({ signal }) => api.get<Message>(`/api/v1/messages/${id}`, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) =>
      state.data && ['delivered', 'read', 'failed'].includes(state.data.status) ? false : 1_500,
  });
