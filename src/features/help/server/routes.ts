import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { answerHelpSchema, helpAnswersSchema, helpCountsSchema } from '../contract.ts';
import { answerArticle } from './answer-article.ts';
import { countAnswers, listAnswers } from './answer-queries.ts';
import { clearAnswer } from './clear-answer.ts';

const tags = ['help'];
/** What people tell each other: no key asks for it. */
const give = { right: 'help-answer.give', isForPeople: true } as const;
const read = { right: 'help-answer.read', isForPeople: true } as const;

/** Whether the articles of the help were useful. The articles themselves come with the screens. */
export const helpRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.put(
      '/help-answers',
      {
        config: give,
        schema: {
          tags,
          operationId: 'answerHelpArticle',
          summary: 'Says whether an article of the help was useful, and what was missing',
          description: 'Of each person there is one answer about each article, the last.',
          body: answerHelpSchema,
          response: { 204: z.null(), ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        await inTx(deps, requireActor(request), (ctx) => answerArticle(ctx, request.body));
        return reply.status(204).send(null);
      },
    );

    app.get(
      '/help-answers',
      {
        config: read,
        schema: {
          tags,
          operationId: 'listHelpAnswers',
          summary: 'What people missed in articles of the help, newest first',
          querystring: pageQuerySchema,
          response: { 200: helpAnswersSchema, ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listAnswers(deps.db, requireActor(request).workspaceId, request.query),
    );

    app.get(
      '/help-answers/counts',
      {
        config: read,
        schema: {
          tags,
          operationId: 'countHelpAnswers',
          summary: 'How many found each article of the help useful, and how many did not',
          response: { 200: helpCountsSchema, ...problems(401, 403) },
        },
      },
      async (request) => ({
        items: await countAnswers(deps.db, requireActor(request).workspaceId),
        nextCursor: null,
      }),
    );

    app.delete(
      '/help-answers/:id/words',
      {
        config: read,
        schema: {
          tags,
          operationId: 'clearHelpAnswer',
          summary: 'Takes away the words of an answer, which stays counted',
          params: z.object({ id: idSchema }),
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        await inTx(deps, requireActor(request), (ctx) => clearAnswer(ctx, id));
        return reply.status(204).send(null);
      },
    );
  };
