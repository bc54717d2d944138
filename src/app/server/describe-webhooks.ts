import { z } from 'zod';
import { webhookEventData } from '#features/webhooks/contract.ts';

const headers = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
  ...{ name, in: 'header', required: true, schema: { type: 'string' } as const },
}));

/** What endpoints are told, by the schemas that the events are made by. */
export const describeWebhooks = () =>
  Object.fromEntries(
    Object.entries(webhookEventData).map(([type, data]) => {
      const event = z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data });
      const schema = z.toJSONSchema(event);
      const post = {
        tags: ['webhooks'],
        summary: `Sent as ${type}, signed by Standard Webhooks (docs/webhooks.md)`,
        parameters: headers,
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: { '2XX': { description: 'Taken; anything else is tried again' } },
        security: [],
      };
      return [type, { post }];
    }),
  );
