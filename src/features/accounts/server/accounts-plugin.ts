import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { authRoutes } from './auth-routes.ts';
import { isForeignOrigin } from './foreign-origin.ts';
import { bringsKey, identify } from './identify.ts';
import { requireActor } from './request-actor.ts';
import { requireCan, requirePerson } from './require-can.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

const isApi = (url: string | undefined): boolean => /^\/api\/v1(\/|$)/.test(url ?? '');
const isAuth = (url: string | undefined): boolean => /^\/api\/auth(\/|$)/.test(url ?? '');

const assertRightIsDeclared = (route: RouteOptions): void => {
  if (isApi(route.url) && route.config?.right === undefined) {
    throw new Error(`${String(route.method)} ${route.url} does not declare its right`);
  }
};

const assertOwnOrigin = (deps: Deps, request: FastifyRequest): void => {
  if (safeMethods.has(request.method) || bringsKey(request.headers)) {
    return;
  }
  if (isForeignOrigin(request.headers, request.host, deps.config.publicUrl)) {
    throw new AppError('foreign-origin', 403);
  }
};

const assertRight = (request: FastifyRequest): void => {
  const { right, alsoRights = [], isForPeople = false } = request.routeOptions.config;
  if (right === 'public') {
    return;
  }
  const actor = requireActor(request);
  if (right === undefined) {
    throw new AppError('forbidden', 403);
  }
  if (isForPeople) {
    requirePerson(actor);
  }
  for (const one of right === 'signed-in' ? alsoRights : [right, ...alsoRights]) {
    requireCan(actor, one);
  }
};

/** Before the body is even read: 401, then 403, then what the route itself checks. */
const guard =
  (deps: Deps) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { url } = request.routeOptions;
    if (isAuth(url)) {
      assertOwnOrigin(deps, request);
      return;
    }
    if (!isApi(url)) {
      return;
    }
    reply.header('cache-control', 'no-store');
    assertOwnOrigin(deps, request);
    request.actor = await identify(deps, request.headers);
    assertRight(request);
  };

/**
 * Guards everything under /api/v1 and mounts sign-in under /api/auth. Register it before any route and without
 * a prefix; it must find the zod compilers in place.
 */
export const accountsPlugin = (deps: Deps) =>
  fp(
    async (app: FastifyInstance) => {
      app.decorateRequest('actor', null);
      app.addHook('onRoute', assertRightIsDeclared);
      app.addHook('onRequest', guard(deps));
      await app.register(authRoutes(deps), { prefix: '/api/auth' });
    },
    { name: 'accounts' },
  );
