import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { removalRequestSchema } from '../../contract.ts';
import { readRequest } from '../read-request.ts';
import { rejectRepeat } from './reject-repeat.ts';

const params = z.object({ id: idSchema, messageId: idSchema });

export const repeatRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/removal-requests/:id/items/:messageId/not-the-same',
      {
        config: { right: 'removal.review' },
        schema: {
          tags: ['removals'],
          operationId: 'rejectRepeat',
          summary: 'What Guarita took for something removed is not the same: it is kept',
          description:
            'The fingerprint that covered the message matches nothing any more, and the message is back as it was unless that was decided already.',
          params,
          response: {
            200: removalRequestSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id, messageId } = request.params;
        await inTx(deps, actor, (ctx) => rejectRepeat(ctx, id, messageId));
        return readRequest(deps, actor, id);
      },
    );
  };
