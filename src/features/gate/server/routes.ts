import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { findContact } from '#features/contacts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import {
  activeBlockSchema,
  blockAnswerSchema,
  putBlockSchema,
  unblockAnswerSchema,
  unblockQuerySchema,
} from '../contract.ts';
import { answerBlock } from './answer-block.ts';
import { blockContact } from './block-contact.ts';
import { bulkRoutes } from './bulk/bulk.routes.ts';
import { exchangeRoutes } from './exchange/exchange.routes.ts';
import { explainRoutes } from './explain/routes.ts';
import { importRoutes } from './imports/import.routes.ts';
import { listRoutes } from './list/list.routes.ts';
import { findActiveBlock, findBlock } from './queries.ts';
import { requestDecisionRoutes } from './requests/decision.routes.ts';
import { requestRoutes } from './requests/request.routes.ts';
import { unblockContact } from './unblock-contact.ts';
import { upstreamRoutes } from './upstream/routes.ts';
import { findStillListed } from './upstream/still-listed-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['gate'];

const decisionRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.put(
      '/contacts/:id/block',
      {
        config: { right: 'block.manage' },
        schema: {
          tags,
          operationId: 'blockContact',
          summary: 'Blocks a contact, or changes the reason, note and end of its block',
          description:
            'Answers once nothing can go through any more; waits up to 10 s for requests that were under way. ' +
            'What WhatsApp says to its own list comes later and is in `upstream` of the block. With `blockId` it changes that ' +
            'block and no other: when it has ended meanwhile, or another has replaced it, the answer is `block-changed`.',
          params,
          body: putBlockSchema,
          response: {
            200: blockAnswerSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      (request) => {
        const { reason, note, expiresAt, upstream, blockId } = request.body;
        const contactId = request.params.id;
        const end = expiresAt === undefined ? null : new Date(expiresAt);
        const input = { contactId, reason, note: note ?? null, expiresAt: end, upstream, blockId };
        return answerBlock(deps, requireActor(request), async (ctx) => ({
          ...(await blockContact(ctx, input)),
          contactId,
        }));
      },
    );

    app.delete(
      '/contacts/:id/block',
      {
        config: { right: 'block.manage' },
        schema: {
          tags,
          operationId: 'unblockContact',
          summary: 'Lifts the block; what was sent during it does not come back',
          params,
          querystring: unblockQuerySchema,
          response: {
            200: unblockAnswerSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { params: contact, query } = request;
        const blockId = await inTx(deps, actor, (ctx) =>
          unblockContact(ctx, contact.id, query.blockId),
        );
        const block =
          blockId === null ? null : await findBlock(deps.db, actor.workspaceId, blockId);
        return { block };
      },
    );
  };

const readRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/contacts/:id/block',
      {
        config: { right: 'block.see-details' },
        schema: {
          tags,
          operationId: 'getActiveBlock',
          summary: 'The active block of a contact, with its attempts',
          description:
            'Of somebody who is not blocked: the numbers on whose list at WhatsApp they are all the same, by an unblock that WhatsApp has not carried out or in another way.',
          params,
          response: {
            200: activeBlockSchema,
            ...problems(400, 401, 403, 404, 422),
          },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const contact = await findContact(deps.db, workspaceId, request.params.id);
        if (contact === undefined) {
          throw notFound('contact');
        }
        const block = await findActiveBlock(deps.db, workspaceId, contact.id);
        const stillListed =
          block === null ? await findStillListed(deps.db, workspaceId, contact.id) : [];
        return { block, stillListed };
      },
    );
  };

export const gateRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(decisionRoutes(deps));
    await app.register(readRoutes(deps));
    await app.register(explainRoutes(deps));
    await app.register(listRoutes(deps));
    await app.register(bulkRoutes(deps));
    await app.register(importRoutes(deps));
    await app.register(exchangeRoutes(deps));
    await app.register(requestRoutes(deps));
    await app.register(requestDecisionRoutes(deps));
    await app.register(upstreamRoutes(deps));
  };
