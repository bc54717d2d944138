import { z } from 'zod';

export const lanePayload = z.object({
  workspaceId: z.uuid(),
  endpointId: z.uuid(),
  /** The contact, or an id of its own where an event is about none. */
  lane: z.uuid(),
});
export type Lane = z.infer<typeof lanePayload>;

/** Sends what waits in one lane, one after another. */
export const deliverWebhooksJob = { name: 'webhooks.deliver' } as const;
/** Hourly. */
export const forgetWebhooksJob = { name: 'webhooks.forget-old' } as const;

export const keyOfLane = ({ endpointId, lane }: Lane): string => `webhook:${endpointId}:${lane}`;
