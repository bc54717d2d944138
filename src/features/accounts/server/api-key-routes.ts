import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf, pageQuerySchema } from '#platform/shared/page.ts';
import { apiKeySchema, createApiKeySchema, createdApiKeySchema } from '../contract.ts';
import { createApiKey } from './create-api-key.ts';
import { listApiKeys } from './queries.ts';
import { requireActor } from './request-actor.ts';
import { revokeApiKey } from './revoke-api-key.ts';

const tags = ['accounts'];
const bodyLimit = 16 * 1024;
const config = { right: 'api-key.manage' } as const;

const listRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api-keys',
      {
        config,
        schema: {
          tags,
          operationId: 'listApiKeys',
          summary: 'Keys that open this workspace, without the keys themselves',
          querystring: pageQuerySchema,
          response: { 200: pageOf(apiKeySchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listApiKeys(deps.db, requireActor(request).workspaceId, request.query),
    );
  };

const changingRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api-keys',
      {
        bodyLimit,
        config: { ...config, isForPeople: true },
        schema: {
          tags,
          operationId: 'createApiKey',
          summary: 'Makes a key for a program; shown in this answer and never again',
          body: createApiKeySchema,
          response: { 201: createdApiKeySchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const key = await inTx(deps, requireActor(request), (ctx) =>
          createApiKey(ctx, request.body),
        );
        return reply.status(201).send(key);
      },
    );

    app.delete(
      '/api-keys/:id',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'revokeApiKey',
          summary: 'Ends a key at once',
          params: z.object({ id: idSchema }),
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        await inTx(deps, requireActor(request), (ctx) => revokeApiKey(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };

/** Keys for programs, for administrators. */
export const apiKeyRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(listRoutes(deps));
    await app.register(changingRoutes(deps));
  };
