import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf } from '#platform/shared/page.ts';
import { deliveryDetailSchema, deliveryQuerySchema, webhookDeliverySchema } from '../contract.ts';
import { endpointRoutes } from './endpoint.routes.ts';
import { findDelivery, listDeliveries } from './queries.ts';
import { resendDelivery } from './resend-delivery.ts';

const tags = ['webhooks'];
const config = { right: 'webhook.manage' } as const;
const params = z.object({ id: idSchema });

const deliveryRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/webhook-deliveries',
      {
        config,
        schema: {
          tags,
          operationId: 'listWebhookDeliveries',
          summary: 'What endpoints were told in the last 30 days, newest first',
          querystring: deliveryQuerySchema,
          response: { 200: pageOf(webhookDeliverySchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listDeliveries(deps.db, requireActor(request).workspaceId, request.query),
    );
    app.get(
      '/webhook-deliveries/:id',
      {
        config,
        schema: {
          tags,
          operationId: 'getWebhookDelivery',
          summary: 'One of them, with each try and what was sent',
          params,
          response: { 200: deliveryDetailSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const delivery = await findDelivery(deps.db, workspaceId, request.params.id);
        if (delivery === undefined) {
          throw notFound('webhook-delivery');
        }
        return delivery;
      },
    );
    app.post(
      '/webhook-deliveries/:id/resend',
      {
        bodyLimit: 16 * 1024,
        config,
        schema: {
          tags,
          operationId: 'resendWebhookDelivery',
          summary: 'Sends the same event again, under the same webhook-id',
          description:
            'The delivery of the answered id tells how it went: a new one, or the same where that one still waited.',
          params,
          response: {
            202: z.object({ deliveryId: idSchema }),
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const deliveryId = await inTx(deps, requireActor(request), (ctx) =>
          resendDelivery(ctx, request.params.id),
        );
        return reply.status(202).send({ deliveryId });
      },
    );
  };

/** Outgoing webhooks: where to, and how it went. */
export const webhookRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(endpointRoutes(deps));
    await app.register(deliveryRoutes(deps));
  };
