import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { parseTypedPerson } from '#features/contacts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { identityTestSchema, testIdentitySchema } from '../../explain/contract.ts';
import { stretchPerson } from './stretch-person.ts';
import { testIdentity } from './test-identity.ts';

export const explainRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/blocks/test',
      {
        config: { right: 'block.see-details' },
        schema: {
          tags: ['gate'],
          operationId: 'testIdentity',
          summary: 'Whether a number or id would be blocked now, by which block and why',
          description:
            'Asks what the gate itself asks and changes nothing. A POST, so that no number stands in an address.',
          body: testIdentitySchema,
          response: { 200: identityTestSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const person = parseTypedPerson(request.body.identity);
        if (person === null) {
          throw new AppError('identity-not-readable', 422);
        }
        const stretched = await stretchPerson(deps, workspaceId, person);
        // One moment for all that is read; a write would be an error of the database.
        return deps.db
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute((tx) => testIdentity({ tx, keyed: deps.keyed }, workspaceId, person, stretched));
      },
    );
  };
