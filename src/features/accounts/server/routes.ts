import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Deps } from '#platform/server/deps.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { meRoutes } from './me-routes.ts';
import { memberRoutes } from './member-routes.ts';
import { publicRoutes } from './public-routes.ts';

/** Everything of this feature under /api/v1; sign-in is mounted by the accounts plugin. */
export const accountRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(meRoutes(deps));
    await app.register(memberRoutes(deps));
    await app.register(apiKeyRoutes(deps));
    await app.register(publicRoutes(deps));
  };
