import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { meSchema, resetPasswordSchema, setupSchema, setupStateSchema } from '../contract.ts';
import { clientOf } from './client-of.ts';
import { hashPassword } from './password.ts';
import { hasWorkspace, readMe } from './queries.ts';
import { findResetOwner, resetPassword } from './reset-password.ts';
import { checkSetupCode, setUp } from './set-up.ts';
import { openSession } from './sign-in.ts';

const tags = ['accounts'];
const bodyLimit = 16 * 1024;
const config = { right: 'public' } as const;

const setupRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/setup',
      {
        config,
        schema: {
          tags,
          security: [],
          operationId: 'getSetupState',
          summary: 'Whether this installation still waits for its first workspace',
          response: { 200: setupStateSchema },
        },
      },
      async () => ({ needsSetup: !(await hasWorkspace(deps.db)) }),
    );

    app.post(
      '/setup',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          security: [],
          operationId: 'setUp',
          summary: 'Makes the first workspace and administrator, and signs them in',
          body: setupSchema,
          response: { 201: meSchema, ...problems(400, 403, 409, 413, 415, 422, 429) },
        },
      },
      async (request, reply) => {
        const client = clientOf(request);
        const { password, ...input } = request.body;
        await checkSetupCode(deps, client.place, input.code);
        const passwordHash = await hashPassword(password);
        const actor = systemActor(newId());
        const { memberId } = await inTx(deps, actor, (ctx) =>
          setUp(ctx, { ...input, passwordHash }),
        );
        const { setCookies } = await openSession(deps, client, input.email, password);
        const me = await readMe(deps.db, { ...actor, kind: 'member', id: memberId });
        return reply.status(201).header('set-cookie', setCookies).send(me);
      },
    );
  };

const resetRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/password-reset',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          security: [],
          operationId: 'resetPassword',
          summary: 'Chooses a new password with the link of an administrator; ends all sessions',
          body: resetPasswordSchema,
          response: { 204: z.null(), ...problems(400, 403, 410, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const { token, newPassword } = request.body;
        const owner = await findResetOwner(deps, token);
        const passwordHash = await hashPassword(newPassword);
        await inTx(deps, owner, (ctx) => resetPassword(ctx, { token, passwordHash }));
        return reply.status(204).send(null);
      },
    );
  };

/** What answers without signing in: set-up and the use of a reset link. */
export const publicRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(setupRoutes(deps));
    await app.register(resetRoute(deps));
  };
