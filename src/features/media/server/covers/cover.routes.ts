import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Ctx, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import {
  contactMediaRuleSchema,
  mediaCoverChoiceSchema,
  mediaCoverSettingsSchema,
  setMediaCoverChoiceSchema,
  setMediaCoverSettingsSchema,
} from '../../covers/contract.ts';
import { changeCoverSettings, chooseCovers } from './change-covers.ts';
import { setAlwaysShown, setFlag } from './contact-rule.ts';
import { coversAll, findContactRule, findCoverSettings } from './cover-queries.ts';

const tags = ['media'];
const params = z.object({ id: idSchema });
const bodyProblems = problems(400, 401, 403, 413, 415, 422);

const settingRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { right: 'settings.manage' } as const;
    app.get(
      '/media-cover-settings',
      {
        config,
        schema: {
          tags,
          operationId: 'getMediaCoverSettings',
          summary: 'Which media arrives covered, and what stands in its place',
          response: { 200: mediaCoverSettingsSchema, ...problems(401, 403) },
        },
      },
      (request) => findCoverSettings(deps.db, requireActor(request).workspaceId),
    );
    app.put(
      '/media-cover-settings',
      {
        config,
        schema: {
          tags,
          operationId: 'setMediaCoverSettings',
          summary: 'Sets which media arrives covered from now on, and what stands in its place',
          description:
            'What is covered stays so until somebody asks to see it. Flagged contacts, and what is like something removed, are covered whatever is set here.',
          body: setMediaCoverSettingsSchema,
          response: { 200: mediaCoverSettingsSchema, ...bodyProblems },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => changeCoverSettings(ctx, request.body));
        return findCoverSettings(deps.db, actor.workspaceId);
      },
    );
  };

const choiceRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { right: 'conversation.read', isForPeople: true } as const;
    app.get(
      '/me/media-cover',
      {
        config,
        schema: {
          tags,
          operationId: 'getOwnMediaCover',
          summary: 'Whether I have all media covered that comes in; for people, not for keys',
          response: { 200: mediaCoverChoiceSchema, ...problems(401, 403) },
        },
      },
      async (request) => ({ coversAll: await coversAll(deps.db, requireActor(request)) }),
    );
    app.put(
      '/me/media-cover',
      {
        config,
        schema: {
          tags,
          operationId: 'setOwnMediaCover',
          summary: 'Covers all media that comes in for me, or follows the workspace again',
          description: 'Never less than the workspace wants. Holds for what came before as well.',
          body: setMediaCoverChoiceSchema,
          response: { 200: mediaCoverChoiceSchema, ...bodyProblems },
        },
      },
      async (request) => {
        await inTx(deps, requireActor(request), (ctx) => chooseCovers(ctx, request.body.coversAll));
        return request.body;
      },
    );
  };

/** What is changed about the media of one contact, and how it is said in the document of the API. */
const changes = [
  {
    method: 'PUT',
    path: 'media-flag',
    operationId: 'flagContactMedia',
    right: 'removal.review',
    summary: 'Covers what the contact sends from now on, whoever has answered',
    run: (ctx: Ctx, id: string) => setFlag(ctx, id, true),
  },
  {
    method: 'DELETE',
    path: 'media-flag',
    operationId: 'unflagContactMedia',
    right: 'removal.review',
    summary: 'Takes the flag back: as usual from now on',
    run: (ctx: Ctx, id: string) => setFlag(ctx, id, false),
  },
  {
    method: 'PUT',
    path: 'media-always-shown',
    operationId: 'alwaysShowContactMedia',
    right: 'contact.edit',
    summary: 'Does not cover what the contact sends from now on; a flagged one answers 409',
    run: (ctx: Ctx, id: string) => setAlwaysShown(ctx, id, true),
  },
  {
    method: 'DELETE',
    path: 'media-always-shown',
    operationId: 'stopShowingContactMedia',
    right: 'contact.edit',
    summary: 'As usual from now on',
    run: (ctx: Ctx, id: string) => setAlwaysShown(ctx, id, false),
  },
] as const;

const contactRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const read = async (workspaceId: string, contactId: string) => {
      const rule = await findContactRule(deps.db, workspaceId, contactId);
      if (rule === undefined) {
        throw notFound('contact');
      }
      return rule;
    };
    app.get(
      '/contacts/:id/media-rule',
      {
        config: { right: 'contact.read' },
        schema: {
          tags,
          operationId: 'getContactMediaRule',
          summary: 'Whether the media of a contact is covered as usual, always or never',
          params,
          response: { 200: contactMediaRuleSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      (request) => read(requireActor(request).workspaceId, request.params.id),
    );
    for (const { method, path, operationId, right, summary, run } of changes) {
      app.route({
        method,
        url: `/contacts/:id/${path}`,
        config: { right },
        schema: {
          tags,
          operationId,
          summary,
          params,
          response: { 200: contactMediaRuleSchema, ...problems(404, 409), ...bodyProblems },
        },
        handler: async (request) => {
          const actor = requireActor(request);
          await inTx(deps, actor, (ctx) => run(ctx, request.params.id));
          return read(actor.workspaceId, request.params.id);
        },
      });
    }
  };

/** What is covered, for whom, and who says so. */
export const coverRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(settingRoutes(deps));
    await app.register(choiceRoutes(deps));
    await app.register(contactRoutes(deps));
  };
