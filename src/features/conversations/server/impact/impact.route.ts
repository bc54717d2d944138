import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { findContact } from '#features/contacts/server/index.ts';
import {
  blockImpactSchema,
  bulkContactsSchema,
  bulkImpactSchema,
} from '#features/gate/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { findBlockImpact, findBulkImpact } from './impact-queries.ts';

/** Stands here and not in the gate: what waits to be sent is this feature's. */
export const impactRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/contacts/:id/block-impact',
      {
        config: { right: 'block.manage' },
        schema: {
          tags: ['gate'],
          operationId: 'getBlockImpact',
          summary: 'What a block of this contact would stop, as it stands now',
          params: z.object({ id: idSchema }),
          response: { 200: blockImpactSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const contact = await findContact(deps.db, workspaceId, request.params.id);
        if (contact === undefined) {
          throw notFound('contact');
        }
        return findBlockImpact(deps.db, workspaceId, contact.id);
      },
    );
    app.post(
      '/blocks/bulk-impact',
      {
        config: { right: 'block.manage' },
        schema: {
          tags: ['gate'],
          operationId: 'getBulkBlockImpact',
          summary: 'What blocking many contacts would stop, as it stands now; changes nothing',
          description:
            'Of all of them together. Whoever is blocked already or is not there is not counted.',
          body: bulkContactsSchema,
          response: { 200: bulkImpactSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      (request) =>
        findBulkImpact(deps.db, requireActor(request).workspaceId, request.body.contactIds),
    );
  };
