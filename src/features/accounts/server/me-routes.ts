import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { wholeListOf } from '#platform/shared/page.ts';
import {
  changePasswordSchema,
  colleagueSchema,
  meSchema,
  updateProfileSchema,
  updateWorkspaceSchema,
} from '../contract.ts';
import { changePassword, checkPassword } from './change-password.ts';
import { clientOf } from './client-of.ts';
import { bringsKey, sessionTokenOf } from './identify.ts';
import { hashPassword } from './password.ts';
import { listColleagues, readMe } from './queries.ts';
import { readSession } from './read-session.ts';
import { requireActor } from './request-actor.ts';
import { updateProfile } from './update-profile.ts';
import { updateWorkspace } from './update-workspace.ts';

const tags = ['accounts'];
const bodyLimit = 16 * 1024;

const readingRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/me',
      {
        config: { right: 'signed-in' },
        schema: {
          tags,
          operationId: 'getMe',
          summary: 'Who I am, what I may do, and my workspace',
          response: { 200: meSchema, ...problems(401) },
        },
      },
      async (request, reply) => {
        if (!bringsKey(request.headers)) {
          // Screens ask this when they open: the moment to let a session in use live on.
          const { setCookies } = await readSession(deps, clientOf(request));
          if (setCookies.length > 0) {
            reply.header('set-cookie', setCookies);
          }
        }
        return readMe(deps.db, requireActor(request));
      },
    );

    app.get(
      '/colleagues',
      {
        config: { right: 'member.see' },
        schema: {
          tags,
          operationId: 'listColleagues',
          summary: 'Everybody in the workspace, by name',
          response: {
            200: wholeListOf(colleagueSchema),
            ...problems(401, 403),
          },
        },
      },
      async (request) => ({
        items: await listColleagues(deps.db, requireActor(request).workspaceId),
        nextCursor: null,
      }),
    );
  };

const changingRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.patch(
      '/me',
      {
        bodyLimit,
        config: { right: 'signed-in', isForPeople: true },
        schema: {
          tags,
          operationId: 'updateMe',
          summary: 'Changes my name or language; for people, not for keys',
          body: updateProfileSchema,
          response: { 200: meSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => updateProfile(ctx, request.body));
        return readMe(deps.db, actor);
      },
    );

    app.patch(
      '/workspace',
      {
        bodyLimit,
        config: { right: 'settings.manage' },
        schema: {
          tags,
          operationId: 'updateWorkspace',
          summary: 'Changes the name, time zone or language of the workspace',
          body: updateWorkspaceSchema,
          response: { 200: meSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => updateWorkspace(ctx, request.body));
        return readMe(deps.db, actor);
      },
    );
  };

const passwordRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/me/password',
      {
        bodyLimit,
        config: { right: 'signed-in', isForPeople: true },
        schema: {
          tags,
          operationId: 'changePassword',
          summary: 'Changes my password and ends my other sessions',
          body: changePasswordSchema,
          response: { 204: z.null(), ...problems(400, 401, 403, 413, 415, 422, 429) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { currentPassword, newPassword } = request.body;
        const { place } = clientOf(request);
        const known = await checkPassword(deps, actor, { password: currentPassword, place });
        const newHash = await hashPassword(newPassword);
        const sessionToken = sessionTokenOf(deps, request.headers) ?? null;
        await inTx(deps, actor, (ctx) => changePassword(ctx, { ...known, newHash, sessionToken }));
        return reply.status(204).send(null);
      },
    );
  };

/** What everybody does with their own place, and the settings of the workspace. */
export const meRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(deps));
    await app.register(changingRoutes(deps));
    await app.register(passwordRoute(deps));
  };
