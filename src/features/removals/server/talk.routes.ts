import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { wholeListOf } from '#platform/shared/page.ts';
import {
  commentRemovalSchema,
  removalCommentSchema,
  removalSettingsSchema,
  setRemovalSettingsSchema,
} from '../contract.ts';
import { changeRemovalSettings } from './change-settings.ts';
import { commentRequest } from './comment-request.ts';
import { findSeen } from './request-queries.ts';
import { findSettings } from './setting-queries.ts';
import { listComments } from './talk-queries.ts';

const params = z.object({ id: idSchema });
const ask = { right: 'removal.ask' } as const;
const manage = { right: 'settings.manage' } as const;

const commentRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/removal-requests/:id/comments',
      {
        config: ask,
        schema: {
          tags: ['removals'],
          operationId: 'listRemovalComments',
          summary: 'What those who asked and the responsible team said to each other, oldest first',
          description:
            'Whoever only asked reads their own comments and those of the team, without a name.',
          params,
          response: {
            200: wholeListOf(removalCommentSchema),
            ...problems(400, 401, 403, 404, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id } = await findSeen(deps.db, actor, request.params.id);
        return { items: await listComments(deps.db, actor, id), nextCursor: null };
      },
    );
    app.post(
      '/removal-requests/:id/comments',
      {
        config: ask,
        schema: {
          tags: ['removals'],
          operationId: 'commentRemovalRequest',
          summary: 'Says something to the other side of a request',
          params,
          body: commentRemovalSchema,
          response: {
            201: removalCommentSchema,
            ...problems(400, 401, 403, 404, 413, 415, 422),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { id } = request.params;
        const commentId = await inTx(deps, actor, (ctx) =>
          commentRequest(ctx, id, request.body.text),
        );
        const comments = await listComments(deps.db, actor, id);
        const comment = comments.find((one) => one.id === commentId);
        if (comment === undefined) {
          throw new Error('a comment that was just made is not there');
        }
        return reply.status(201).send(comment);
      },
    );
  };

export const talkRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(commentRoutes(deps));
    app.get(
      '/settings/removals',
      {
        config: manage,
        schema: {
          tags: ['settings'],
          operationId: 'getRemovalSettings',
          summary: 'Within what time removal requests should be decided, and when by two people',
          response: { 200: removalSettingsSchema, ...problems(401, 403) },
        },
      },
      (request) => findSettings(deps.db, requireActor(request).workspaceId),
    );
    app.put(
      '/settings/removals',
      {
        config: manage,
        schema: {
          tags: ['settings'],
          operationId: 'setRemovalSettings',
          summary:
            'Sets within what time removal requests should be decided, and when by two people',
          description:
            'The time is for requests from now on; two people decide from now on about all that wait.',
          body: setRemovalSettingsSchema,
          response: { 200: removalSettingsSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => changeRemovalSettings(ctx, request.body));
        return findSettings(deps.db, actor.workspaceId);
      },
    );
  };
