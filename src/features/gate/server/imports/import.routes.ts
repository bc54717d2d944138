import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf, pageQuerySchema } from '#platform/shared/page.ts';
import {
  type BlockImport,
  blockImportRowSchema,
  blockImportSchema,
  importRowsQuerySchema,
  takeImportQuerySchema,
} from '../../imports/contract.ts';
import { exportRoute } from './export.route.ts';
import { findImport, listImports, listRows } from './import-queries.ts';
import { cancelImport, startImport } from './run-import.ts';
import { takeImport } from './take-import.ts';
import { undoRoutes } from './undo.routes.ts';

const params = z.object({ id: idSchema });
const tags = ['gate'];
const config = { right: 'block.manage' } as const;

const existing = async (deps: Deps, workspaceId: string, id: string): Promise<BlockImport> => {
  const found = await findImport(deps.db, workspaceId, id);
  if (found === undefined || found.state === 'reading') {
    throw notFound('block-import');
  }
  return found;
};

const takeRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    // Here only: the bytes go to the disk as they come, whatever they call themselves.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.post(
      '/block-imports',
      {
        config,
        schema: {
          tags,
          operationId: 'readBlockImport',
          summary: 'Reads a file of blocks (CSV) and says what each row would do; blocks nobody',
          description:
            'The body is the file: UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs; at most 100,000 rows. The first ' +
            'line names the columns: number or id, reason, and if wanted name, note, until (also in Portuguese or Spanish).',
          querystring: takeImportQuerySchema,
          response: { 201: blockImportSchema, ...problems(400, 401, 403, 413, 415, 422) },
        },
      },
      async (request, reply) => {
        const body: unknown = request.body;
        const file = body instanceof Readable ? body : Readable.from([]);
        const actor = requireActor(request);
        const id = await takeImport(deps, actor, file, request.query.fileName);
        return reply.status(201).send(await existing(deps, actor.workspaceId, id));
      },
    );
  };

const readRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/block-imports',
      {
        config,
        schema: {
          tags,
          operationId: 'listBlockImports',
          summary: 'Imports of blocks, newest first',
          querystring: pageQuerySchema,
          response: { 200: pageOf(blockImportSchema), ...problems(400, 401, 403, 422) },
        },
      },
      (request) => listImports(deps.db, requireActor(request).workspaceId, request.query),
    );
    app.get(
      '/block-imports/:id',
      {
        config,
        schema: {
          tags,
          operationId: 'getBlockImport',
          summary: 'An import, and how far it has come',
          params,
          response: { 200: blockImportSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      (request) => existing(deps, requireActor(request).workspaceId, request.params.id),
    );
    app.get(
      '/block-imports/:id/rows',
      {
        config,
        schema: {
          tags,
          operationId: 'listBlockImportRows',
          summary: 'The rows of an import in the order of its file, by what they would do or did',
          params,
          querystring: importRowsQuerySchema,
          response: { 200: pageOf(blockImportRowSchema), ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const { id } = await existing(deps, workspaceId, request.params.id);
        return listRows(deps.db, workspaceId, id, request.query);
      },
    );
  };

const runRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    for (const [path, operationId, summary, act] of [
      ['apply', 'applyBlockImport', 'Begins to do what was planned; a job does it', startImport],
      ['cancel', 'cancelBlockImport', 'Ends an import; what it has done stays', cancelImport],
    ] as const) {
      app.post(
        `/block-imports/:id/${path}`,
        {
          config,
          schema: {
            tags,
            operationId,
            summary,
            params,
            response: {
              200: blockImportSchema,
              ...problems(400, 401, 403, 404, 409, 413, 415, 422),
            },
          },
        },
        (request) => inTx(deps, requireActor(request), (ctx) => act(ctx, request.params.id)),
      );
    }
  };

/** Blocks from a file, read, shown, applied when somebody says so, and taken back; and as a file. Administrators only. */
export const importRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(takeRoute(deps));
    await app.register(readRoutes(deps));
    await app.register(runRoutes(deps));
    await app.register(undoRoutes(deps));
    await app.register(exportRoute(deps));
  };
