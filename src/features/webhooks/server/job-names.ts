import { z } from 'zod';

export const lanePayload = z.object({
  workspaceId: z.uuid(),
  endpointId: z.uuid(),
  /** The contact, or an id of its own where an event is about none. */
  lane: z.uuid(),
});
export type Lane = z.infer<typeof lanePayload>;

/** Sends what waits in one lane, one after another, and then what is due in others of its endpoint. */
export const deliverWebhooksJob = { name: 'webhooks.deliver' } as const;
/** Hourly. */
export const forgetWebhooksJob = { name: 'webhooks.forget-old' } as const;

/** Of the one that looks whether a turn at the endpoint was left. */
export const keyOfEndpoint = ({ endpointId }: Lane): string => `webhook:${endpointId}`;
export const keyOfLane = ({ endpointId, lane }: Lane): string => `webhook:${endpointId}:${lane}`;
