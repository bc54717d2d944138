import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor, requireCan } from '#features/accounts/server/index.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf } from '#platform/shared/page.ts';
import {
  type Contact,
  contactQuerySchema,
  contactSchema,
  renameContactSchema,
} from '../contract.ts';
import { findContact, listContacts } from './queries.ts';
import { renameContact } from './rename-contact.ts';

const params = z.object({ id: idSchema });
const tags = ['contacts'];

export const contactRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const read = async (actor: Actor, id: string): Promise<Contact> => {
      const contact = await findContact(deps.db, actor.workspaceId, id);
      if (contact === undefined) {
        throw notFound('contact');
      }
      return contact;
    };

    app.get(
      '/contacts',
      {
        config: { right: 'contact.read' },
        schema: {
          tags,
          operationId: 'listContacts',
          summary: 'Contacts by part of a name or number or by an id, newest first or by name',
          querystring: contactQuerySchema,
          response: { 200: pageOf(contactSchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => {
        const actor = requireActor(request);
        if (request.query.blocked === 'only') {
          requireCan(actor, 'block.see-details');
        }
        return listContacts(deps.db, actor.workspaceId, request.query);
      },
    );

    app.get(
      '/contacts/:id',
      {
        config: { right: 'contact.read' },
        schema: {
          tags,
          operationId: 'getContact',
          summary: 'One contact; a merged one answers as the one that remains',
          params,
          response: { 200: contactSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      (request) => read(requireActor(request), request.params.id),
    );

    app.patch(
      '/contacts/:id',
      {
        config: { right: 'contact.edit' },
        schema: {
          tags,
          operationId: 'renameContact',
          summary: 'Gives a contact a name of ours',
          params,
          body: renameContactSchema,
          response: { 200: contactSchema, ...problems(400, 401, 403, 404, 409, 413, 415, 422) },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) =>
          renameContact(ctx, request.params.id, request.body.givenName),
        );
        return read(actor, request.params.id);
      },
    );
  };
