import type { FastifyPluginAsync } from 'fastify';
import type { Deps } from '#platform/server/deps.ts';
import { askRoutes } from './ask.routes.ts';
import { decisionRoutes } from './decision.routes.ts';
import { erasureRoutes } from './erasure/erasure.routes.ts';
import { lookRoutes } from './look.routes.ts';
import { nameRoutes } from './names/name.routes.ts';
import { repeatRoutes } from './repeats/repeat.routes.ts';
import { talkRoutes } from './talk.routes.ts';

export const removalRoutes =
  (deps: Deps): FastifyPluginAsync =>
  async (app) => {
    await app.register(askRoutes(deps));
    await app.register(decisionRoutes(deps));
    await app.register(erasureRoutes(deps));
    await app.register(lookRoutes(deps));
    await app.register(nameRoutes(deps));
    await app.register(repeatRoutes(deps));
    await app.register(talkRoutes(deps));
  };
