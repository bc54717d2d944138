import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, type Page } from '#platform/web/http.ts';
import { serverNow } from '#platform/web/server-clock.ts';
import type {
  DeliveryDetail,
  EndpointChange,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointWithSecret,
  WebhookEventType,
} from '../contract.ts';

export interface LogFilters {
  /** Empty: all. */
  readonly endpointId: string;
  readonly type: WebhookDelivery['type'] | '';
  readonly state: WebhookDelivery['state'] | '';
}

export const noFilters: LogFilters = { endpointId: '', type: '', state: '' };

const keys = {
  all: ['webhooks'] as const,
  endpoints: ['webhooks', 'endpoints'] as const,
  log: (filters: LogFilters) => ['webhooks', 'log', filters] as const,
  delivery: (id: string) => ['webhooks', 'delivery', id] as const,
};

const soonMs = 30_000;

/** Whether something on screen will have changed in a moment. */
const isUnderWay = ({ state, nextAttemptAt }: WebhookDelivery): boolean =>
  state === 'sending' ||
  (state === 'waiting' &&
    nextAttemptAt !== null &&
    new Date(nextAttemptAt).getTime() - serverNow() < soonMs);

const every = (deliveries: readonly WebhookDelivery[]): number =>
  deliveries.some(isUnderWay) ? 1_500 : 15_000;

export const useEndpoints = () =>
  useQuery({
    queryKey: keys.endpoints,
    queryFn: ({ signal }) =>
      api.get<Page<WebhookEndpoint>>('/api/v1/webhook-endpoints', { signal }),
    staleTime: 0,
    refetchInterval: 15_000,
  });

export const useDeliveries = (filters: LogFilters) =>
  useInfiniteQuery({
    queryKey: keys.log(filters),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<WebhookDelivery>>('/api/v1/webhook-deliveries', {
        query: {
          endpointId: filters.endpointId || undefined,
          type: filters.type || undefined,
          state: filters.state || undefined,
          limit: 25,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) => every(state.data?.pages.flatMap(({ items }) => items) ?? []),
  });

export const useDelivery = (id: string) =>
  useQuery({
    queryKey: keys.delivery(id),
    queryFn: ({ signal }) =>
      api.get<DeliveryDetail>(`/api/v1/webhook-deliveries/${id}`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => every(state.data === undefined ? [] : [state.data]),
  });

function useWebhookChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => void client.invalidateQueries({ queryKey: keys.all }),
  });
}

export const useCreateEndpoint = () =>
  useWebhookChange((input: { url: string; events: WebhookEventType[] }) =>
    api.post<WebhookEndpointWithSecret>('/api/v1/webhook-endpoints', input),
  );

export const useUpdateEndpoint = () =>
  useWebhookChange(({ id, ...input }: EndpointChange & { id: string }) =>
    api.patch<WebhookEndpoint>(`/api/v1/webhook-endpoints/${id}`, input),
  );

export const useRotateSecret = () =>
  useWebhookChange((id: string) =>
    api.post<WebhookEndpointWithSecret>(`/api/v1/webhook-endpoints/${id}/rotate-secret`),
  );

export const useRemoveEndpoint = () =>
  useWebhookChange((id: string) => api.delete<void>(`/api/v1/webhook-endpoints/${id}`));

export const useSendTest = () =>
  useWebhookChange((id: string) =>
    api.post<{ deliveryId: string }>(`/api/v1/webhook-endpoints/${id}/test`),
  );

export const useResend = () =>
  useWebhookChange((id: string) =>
    api.post<{ deliveryId: string }>(`/api/v1/webhook-deliveries/${id}/resend`),
  );
