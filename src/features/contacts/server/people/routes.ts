import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf } from '#platform/shared/page.ts';
import {
  conflictCountsSchema,
  conflictQuerySchema,
  contactFactsSchema,
  identityConflictSchema,
} from '../../people/contract.ts';
import { findContact } from '../queries.ts';
import { countConflicts, listConflicts, readConflict } from './conflict-queries.ts';
import { findFacts } from './facts-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['contacts'];

const factsRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/contacts/:id/facts',
      {
        config: { right: 'contact.read' },
        schema: {
          tags,
          operationId: 'getContactFacts',
          summary: 'Identities and conversations of a contact, without a word of what was written',
          params,
          response: { 200: contactFactsSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const contact = await findContact(deps.db, workspaceId, request.params.id);
        const facts = contact && (await findFacts(deps.db, workspaceId, [contact.id]));
        const own = contact && facts?.get(contact.id);
        if (own === undefined) {
          throw notFound('contact');
        }
        return own;
      },
    );
  };

const conflictRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/identity-conflicts',
      {
        config: { right: 'conflict.read' },
        schema: {
          tags,
          operationId: 'listIdentityConflicts',
          summary: 'Identities that two people claim, for a person to decide; newest first',
          querystring: conflictQuerySchema,
          response: { 200: pageOf(identityConflictSchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listConflicts(deps.db, requireActor(request).workspaceId, request.query),
    );

    app.get(
      '/identity-conflicts/counts',
      {
        config: { right: 'conflict.read' },
        schema: {
          tags,
          operationId: 'countIdentityConflicts',
          summary: 'How many wait for a decision',
          response: { 200: conflictCountsSchema, ...problems(400, 401, 403, 422) },
        },
      },
      (request) => countConflicts(deps.db, requireActor(request).workspaceId),
    );

    app.get(
      '/identity-conflicts/:id',
      {
        config: { right: 'conflict.read' },
        schema: {
          tags,
          operationId: 'getIdentityConflict',
          summary: 'One conflict with what is known of both sides',
          params,
          response: { 200: identityConflictSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const conflict = await readConflict(deps.db, workspaceId, request.params.id);
        if (conflict === undefined) {
          throw notFound('conflict');
        }
        return conflict;
      },
    );
  };

/** Who people are to WhatsApp, and where that cannot be true of one person. */
export const peopleRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(factsRoute(deps));
    await app.register(conflictRoutes(deps));
  };
