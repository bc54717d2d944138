import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { awaitQuiet } from '#features/gate/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { erasePersonSchema, erasureSchema } from '../../erasure/contract.ts';
import { erasePerson } from './erase-person.ts';

const params = z.object({ id: idSchema });

export const erasureRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/contacts/:id/erasure',
      {
        // It takes out what reviewers decide about.
        config: { right: 'contact.erase', alsoRights: ['removal.review'] },
        schema: {
          tags: ['removals'],
          operationId: 'erasePerson',
          summary: 'Erases the data of a person for good; nothing of it can be brought back',
          description:
            'Messages of both directions with notes, files and what was forwarded of them, names, numbers, requests. ' +
            'Counts, our ids and the audit log stay; of a blocked person a keyed hash of each identity too, so that the block ' +
            'goes on holding. A request under way to the person is waited for up to 10 s. What the person’s phone and ' +
            'WhatsApp have stays there.',
          params,
          body: erasePersonSchema,
          response: { 200: erasureSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        const { id } = request.params;
        await awaitQuiet(deps.db, actor.workspaceId, id);
        return inTx(deps, actor, (ctx) => erasePerson(ctx, id));
      },
    );
  };
