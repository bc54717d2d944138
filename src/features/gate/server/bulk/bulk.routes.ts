import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import {
  bulkAnswerSchema,
  bulkBlockAnswerSchema,
  bulkBlockSchema,
  bulkContactsSchema,
} from '../../bulk/contract.ts';
import { bulkBlock, bulkRetry, bulkUnblock } from './bulk-blocks.ts';

const tags = ['gate'];
const config = { right: 'block.manage' } as const;
const refusals = problems(400, 401, 403, 413, 415, 422);

/** One act upon many contacts: each stands alone, and the answer names those for whom it was not done. */
export const bulkRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/blocks/bulk',
      {
        config,
        schema: {
          tags,
          operationId: 'bulkBlockContacts',
          summary: 'Blocks many contacts',
          description:
            'Answers once nothing can go through any more to those it blocked; waits up to 10 s, in all, for requests ' +
            'that were under way. Whoever is blocked already keeps that block and is named with `contact-already-blocked`.',
          body: bulkBlockSchema,
          response: { 200: bulkBlockAnswerSchema, ...refusals },
        },
      },
      (request) => {
        const { contactIds, reason, note, expiresAt, upstream } = request.body;
        const end = expiresAt === undefined ? null : new Date(expiresAt);
        const block = { reason, note: note ?? null, expiresAt: end, upstream };
        return bulkBlock(deps, requireActor(request), contactIds, block);
      },
    );
    app.post(
      '/blocks/bulk-unblock',
      {
        config,
        schema: {
          tags,
          operationId: 'bulkUnblockContacts',
          summary:
            'Lifts the blocks of many contacts; what was sent during them does not come back',
          body: bulkContactsSchema,
          response: { 200: bulkAnswerSchema, ...refusals },
        },
      },
      (request) => bulkUnblock(deps, requireActor(request), request.body.contactIds),
    );
    app.post(
      '/blocks/bulk-retry',
      {
        config,
        schema: {
          tags,
          operationId: 'bulkRetryBlocks',
          summary: "Has WhatsApp's own lists asked once more for many blocked contacts",
          description: 'Answers at once; what WhatsApp says is in `upstream` of each block later.',
          body: bulkContactsSchema,
          response: { 200: bulkAnswerSchema, ...refusals },
        },
      },
      (request) => bulkRetry(deps, requireActor(request), request.body.contactIds),
    );
  };
