import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Deps } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import {
  addListQuerySchema,
  type ExchangeExport,
  type ExchangeList,
  exchangeExportsSchema,
  exchangeLimits,
  exchangeListSchema,
  exchangeListsSchema,
  openListSchema,
  startExportSchema,
  startedExportSchema,
} from '../../exchange/contract.ts';
import { startExport } from './export-list.ts';
import { everyEntry, findExport, findExports } from './export-queries.ts';
import { writeList } from './list-file.ts';
import { findKeyCheckOfExport, findList, findLists } from './list-queries.ts';
import { addList, openList, removeList } from './manage-lists.ts';

const params = z.object({ id: idSchema });
const tags = ['gate'];
const config = { right: 'block.manage' } as const;

const listOf = async (deps: Deps, workspaceId: string, id: string): Promise<ExchangeList> => {
  const list = await findList(deps.db, workspaceId, id);
  if (list === undefined) throw notFound('exchange-list');
  return list;
};

const exportOf = async (deps: Deps, workspaceId: string, id: string): Promise<ExchangeExport> => {
  const found = await findExport(deps.db, workspaceId, id);
  if (found === undefined) throw notFound('exchange-export');
  return found;
};

const addRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    // Here only: a text of some megabytes, whatever it calls itself.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: exchangeLimits.bytes },
      (_request, body, done) => done(null, body),
    );
    app.post(
      '/exchange-lists',
      {
        config,
        bodyLimit: exchangeLimits.bytes,
        schema: {
          tags,
          operationId: 'addExchangeList',
          summary: 'Keeps a list of another unit; it does nothing until its key is given',
          querystring: addListQuerySchema,
          response: { 201: exchangeListSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const body: unknown = request.body;
        const text = typeof body === 'string' ? body : '';
        const name = request.query.name ?? new Date().toISOString().slice(0, 10);
        const id = await inTx(deps, actor, (ctx) => addList(ctx, name, text));
        return reply.status(201).send(await listOf(deps, actor.workspaceId, id));
      },
    );
  };

const listRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/exchange-lists',
      {
        config,
        schema: {
          tags,
          operationId: 'listExchangeLists',
          summary: 'Lists of other units, newest first',
          response: { 200: exchangeListsSchema, ...problems(401, 403) },
        },
      },
      async (request) => ({
        items: await findLists(deps.db, requireActor(request).workspaceId),
        nextCursor: null,
      }),
    );
    app.post(
      '/exchange-lists/:id/key',
      {
        config,
        schema: {
          tags,
          operationId: 'openExchangeList',
          summary: 'Gives a list its key: from now on every number is looked up in it',
          params,
          body: openListSchema,
          response: {
            200: exchangeListSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      async (request) => {
        const actor = requireActor(request);
        await openList(deps, actor, request.params.id, request.body.key);
        return listOf(deps, actor.workspaceId, request.params.id);
      },
    );
    app.delete(
      '/exchange-lists/:id',
      {
        config,
        schema: {
          tags,
          operationId: 'removeExchangeList',
          summary: 'Forgets a list; blocks that it opened stay',
          params,
          response: { 204: z.null(), ...problems(400, 401, 403, 404, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        await inTx(deps, requireActor(request), (ctx) => removeList(ctx, request.params.id));
        return reply.status(204).send(null);
      },
    );
  };

const exportRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/exchange-exports',
      {
        config,
        schema: {
          tags,
          operationId: 'startExchangeExport',
          summary: 'Begins to make a list for another unit of everybody who is blocked now',
          description:
            'Numbers are stretched under the key, which is made when none is given and told this once. Whoever has the key can ' +
            `find the numbers by trying them all. At most ${exchangeLimits.entries} numbers.`,
          body: startExportSchema,
          response: { 201: startedExportSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { id, key } = await startExport(deps, actor, request.body.key);
        return reply
          .status(201)
          .header('cache-control', 'no-store')
          .send({ export: await exportOf(deps, actor.workspaceId, id), key });
      },
    );
    app.get(
      '/exchange-exports',
      {
        config,
        schema: {
          tags,
          operationId: 'listExchangeExports',
          summary: 'Lists for other units that were made in the last day',
          response: { 200: exchangeExportsSchema, ...problems(401, 403) },
        },
      },
      async (request) => ({
        items: await findExports(deps.db, requireActor(request).workspaceId),
        nextCursor: null,
      }),
    );
  };

const fileRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/exchange-exports/:id/file',
      {
        config,
        schema: {
          tags,
          operationId: 'getExchangeExport',
          summary: 'The list as a file',
          description: 'That it was fetched is an event of the audit log.',
          params,
          response: {
            200: { description: 'The file', content: { 'text/plain': { schema: z.any() } } },
            ...problems(400, 401, 403, 404, 409, 422),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { workspaceId } = actor;
        const { id, state, entries } = await exportOf(deps, workspaceId, request.params.id);
        if (state !== 'ready') throw new AppError('exchange-export-not-ready', 409);
        const details = { exportId: id, entries };
        await inTx(deps, actor, (ctx) =>
          audit(ctx, { action: 'gate.exchange-list-downloaded', details }),
        );
        const keyCheck = await findKeyCheckOfExport(deps.db, workspaceId, id);
        const lines = writeList(keyCheck, everyEntry(deps.db, workspaceId, id));
        return reply
          .header('content-type', 'text/plain; charset=utf-8')
          .header('content-disposition', 'attachment; filename="bloqueios.guarita-list"')
          .header('cache-control', 'no-store')
          .send(Readable.from(lines));
      },
    );
  };

/** Lists that units exchange (decision 0034). Administrators only. */
export const exchangeRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(addRoute(deps));
    await app.register(listRoutes(deps));
    await app.register(exportRoutes(deps));
    await app.register(fileRoute(deps));
  };
