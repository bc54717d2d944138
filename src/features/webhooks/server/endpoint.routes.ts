import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Db, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf, pageQuerySchema } from '#platform/shared/page.ts';
import {
  createEndpointSchema,
  updateEndpointSchema,
  type WebhookEndpoint,
  webhookEndpointSchema,
  withSecretSchema,
} from '../contract.ts';
import { removeEndpoint, rotateSecret, updateEndpoint } from './change-endpoint.ts';
import { createEndpoint } from './create-endpoint.ts';
import { findEndpoint, listEndpoints } from './queries.ts';
import { sendTest } from './resend-delivery.ts';

const tags = ['webhooks'];
const config = { right: 'webhook.manage' } as const;
const bodyLimit = 16 * 1024;
const params = z.object({ id: idSchema });

const read = async (db: Db, workspaceId: string, id: string): Promise<WebhookEndpoint> => {
  const endpoint = await findEndpoint(db, workspaceId, id);
  if (endpoint === undefined) {
    throw notFound('webhook-endpoint');
  }
  return endpoint;
};

const listRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/webhook-endpoints',
      {
        config,
        schema: {
          tags,
          operationId: 'listWebhookEndpoints',
          summary: 'Addresses that are told of events, without their secrets',
          querystring: pageQuerySchema,
          response: { 200: pageOf(webhookEndpointSchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listEndpoints(deps.db, requireActor(request).workspaceId, request.query),
    );
    app.post(
      '/webhook-endpoints',
      {
        bodyLimit,
        config: { ...config, isForPeople: true },
        schema: {
          tags,
          operationId: 'createWebhookEndpoint',
          summary: 'Adds an address; its secret is shown in this answer and never again',
          body: createEndpointSchema,
          response: { 201: withSecretSchema, ...problems(400, 401, 403, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { id, secret } = await inTx(deps, actor, (ctx) =>
          createEndpoint(ctx, request.body, deps.config.mayHookPrivate),
        );
        return reply.status(201).send({ ...(await read(deps.db, actor.workspaceId, id)), secret });
      },
    );
  };

const oneRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.patch(
      '/webhook-endpoints/:id',
      {
        bodyLimit,
        config: { ...config, isForPeople: true },
        schema: {
          tags,
          operationId: 'updateWebhookEndpoint',
          summary: 'Another address, other events, on or off',
          description: 'Switched off, what waits for it ends as failed; it can be sent again.',
          params,
          body: updateEndpointSchema,
          response: { 200: webhookEndpointSchema, ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id } = request.params;
        await inTx(deps, actor, (ctx) =>
          updateEndpoint(ctx, id, request.body, deps.config.mayHookPrivate),
        );
        return read(deps.db, actor.workspaceId, id);
      },
    );
    app.delete(
      '/webhook-endpoints/:id',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'removeWebhookEndpoint',
          summary: 'Takes it away, with the log of what it was told',
          params,
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        await inTx(deps, requireActor(request), (ctx) => removeEndpoint(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };

const secretRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/webhook-endpoints/:id/rotate-secret',
      {
        bodyLimit,
        config: { ...config, isForPeople: true },
        schema: {
          tags,
          operationId: 'rotateWebhookSecret',
          summary: 'A new secret, shown this once; the former one signs too for 24 hours',
          params,
          response: { 200: withSecretSchema, ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id } = request.params;
        const secret = await inTx(deps, actor, (ctx) => rotateSecret(ctx, id));
        return { ...(await read(deps.db, actor.workspaceId, id)), secret };
      },
    );
    app.post(
      '/webhook-endpoints/:id/test',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'testWebhookEndpoint',
          summary: 'Sends an event that tells of nothing, once',
          description: 'The delivery of this id tells how it went.',
          params,
          response: {
            202: z.object({ deliveryId: idSchema }),
            ...problems(400, 401, 403, 404, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const deliveryId = await inTx(deps, requireActor(request), (ctx) =>
          sendTest(ctx, request.params.id),
        );
        return reply.status(202).send({ deliveryId });
      },
    );
  };

/** Addresses that are told, for administrators. */
export const endpointRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(listRoutes(deps));
    await app.register(oneRoutes(deps));
    await app.register(secretRoutes(deps));
  };
