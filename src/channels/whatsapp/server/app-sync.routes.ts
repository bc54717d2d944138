import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { askAppSyncSchema } from '../contract.ts';
import { askForSync } from './app-sync.ts';
import type { GraphAddress } from './graph-client.ts';

/** What the Business app on the company's phone knows, asked for. */
export const appSyncRoutes =
  (deps: Deps, graph: GraphAddress): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/channels/whatsapp/:id/app-sync',
      {
        bodyLimit: 16 * 1024,
        config: { right: 'channel.manage' },
        schema: {
          tags: ['channels'],
          operationId: 'askWhatsAppAppSync',
          summary:
            'Asks WhatsApp for the history or the address book of the Business app; both come by webhook',
          params: z.object({ id: idSchema }),
          body: askAppSyncSchema,
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 409, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const { part } = request.body;
        await askForSync(deps, graph, requireActor(request), request.params.id, part);
        return reply.status(204).send(null);
      },
    );
  };
