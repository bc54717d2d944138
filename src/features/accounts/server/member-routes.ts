import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf, pageQuerySchema } from '#platform/shared/page.ts';
import {
  createdMemberSchema,
  createMemberSchema,
  memberSchema,
  resetLinkSchema,
  updatedMemberSchema,
  updateMemberSchema,
} from '../contract.ts';
import { baseUrl } from './base-url.ts';
import { createMember } from './create-member.ts';
import { hashPassword } from './password.ts';
import { listMembers } from './queries.ts';
import { removeMember } from './remove-member.ts';
import { requireActor } from './request-actor.ts';
import { makeResetLink } from './reset-link.ts';
import { updateMember } from './update-member.ts';

const tags = ['accounts'];
const bodyLimit = 16 * 1024;
const params = z.object({ id: idSchema });
const config = { right: 'member.manage' } as const;

const listRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/members',
      {
        config,
        schema: {
          tags,
          operationId: 'listMembers',
          summary: 'People of the workspace, in the order they came',
          querystring: pageQuerySchema,
          response: { 200: pageOf(memberSchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listMembers(deps.db, requireActor(request).workspaceId, request.query),
    );

    app.post(
      '/members',
      {
        bodyLimit,
        config: { ...config, isForPeople: true },
        schema: {
          tags,
          operationId: 'createMember',
          summary:
            'Adds a person; one known from another workspace keeps their password, and the answer says so',
          body: createMemberSchema,
          response: { 201: createdMemberSchema, ...problems(400, 401, 403, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const { name, email, role, password } = request.body;
        const passwordHash = await hashPassword(password);
        const input = { name, email, role, passwordHash };
        const member = await inTx(deps, requireActor(request), (ctx) => createMember(ctx, input));
        return reply.status(201).send(member);
      },
    );
  };

const changingRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.patch(
      '/members/:id',
      {
        bodyLimit,
        config: { ...config, isForPeople: true },
        schema: {
          tags,
          operationId: 'updateMember',
          summary:
            'Changes the name or role of a person; keys they made that can do more than the new role end',
          params,
          body: updateMemberSchema,
          response: {
            200: updatedMemberSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      (request) => {
        const input = { id: request.params.id, ...request.body };
        return inTx(deps, requireActor(request), (ctx) => updateMember(ctx, input));
      },
    );

    app.delete(
      '/members/:id',
      {
        bodyLimit,
        config,
        schema: {
          tags,
          operationId: 'removeMember',
          summary: 'Takes a person out; their access ends at once',
          params,
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        await inTx(deps, requireActor(request), (ctx) => removeMember(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };

const resetLinkRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/members/:id/reset-link',
      {
        bodyLimit,
        config: { ...config, isForPeople: true },
        schema: {
          tags,
          operationId: 'makeResetLink',
          summary: 'A link with which a person chooses a new password: one hour, one use',
          params,
          response: { 200: resetLinkSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      (request) =>
        inTx(deps, requireActor(request), (ctx) =>
          makeResetLink(ctx, baseUrl(deps.config), request.params.id),
        ),
    );
  };

/** The people of a workspace, for administrators. */
export const memberRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(listRoutes(deps));
    await app.register(changingRoutes(deps));
    await app.register(resetLinkRoute(deps));
  };
