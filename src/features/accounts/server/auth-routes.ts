import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { signedInSchema, signInSchema } from '../contract.ts';
import { clientOf } from './client-of.ts';
import { readSession } from './read-session.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const bodyLimit = 16 * 1024;
const tags = ['accounts'];

const setCookies = (reply: FastifyReply, cookies: readonly string[]): void => {
  reply.header('cache-control', 'no-store');
  if (cookies.length > 0) {
    reply.header('set-cookie', [...cookies]);
  }
};

/** The three of better-auth's functions that people need; nothing else answers under /api/auth. */
export const authRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/sign-in/email',
      {
        bodyLimit,
        schema: {
          tags,
          security: [],
          operationId: 'signIn',
          summary: 'Signs in by e-mail and password; sets the session cookie',
          body: signInSchema,
          response: {
            200: z.object({ redirect: z.literal(false), user: signedInSchema }),
            ...problems(400, 401, 403, 413, 415, 422, 429),
          },
        },
      },
      async (request, reply) => {
        const { user, setCookies: cookies } = await signIn(deps, clientOf(request), request.body);
        setCookies(reply, cookies);
        return { redirect: false as const, user };
      },
    );

    app.post(
      '/sign-out',
      {
        bodyLimit,
        schema: {
          tags,
          security: [],
          operationId: 'signOut',
          summary: 'Ends the session of the cookie; fine without one',
          response: {
            200: z.object({ success: z.literal(true) }),
            ...problems(400, 403, 413, 415),
          },
        },
      },
      async (request: FastifyRequest, reply) => {
        setCookies(reply, await signOut(deps, clientOf(request), request.headers));
        return { success: true as const };
      },
    );

    app.get(
      '/get-session',
      {
        schema: {
          tags,
          security: [],
          operationId: 'getSession',
          summary: 'Who the cookie belongs to; null without a session',
          response: {
            200: z.object({ user: signedInSchema, expiresAt: z.iso.datetime() }).nullable(),
          },
        },
      },
      async (request, reply) => {
        const { session, setCookies: cookies } = await readSession(deps, clientOf(request));
        setCookies(reply, cookies);
        return session;
      },
    );
  };
