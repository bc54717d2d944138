import type { FastifyRequest } from 'fastify';
import type { Actor } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { Right } from '../contract.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null for nobody, which only a `public` route sees. */
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    /** What a route under /api/v1 asks of its caller; a route that does not say so does not start. */
    right?: Right | 'signed-in' | 'public';
    /** What the action behind it asks for besides. */
    alsoRights?: readonly Right[];
    /** Nothing for a program with a key. */
    isForPeople?: boolean;
  }
}

/**
 * The actor of a route that is not public.
 * @throws AppError unauthenticated (401)
 */
export const requireActor = (request: FastifyRequest): Actor => {
  if (request.actor === null) {
    throw new AppError('unauthenticated', 401);
  }
  return request.actor;
};
