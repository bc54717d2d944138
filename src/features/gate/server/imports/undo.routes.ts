import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { blockImportSchema, importUndoPreviewSchema } from '../../imports/contract.ts';
import { findImport } from './import-queries.ts';
import { startUndo } from './undo-import.ts';
import { previewUndo } from './undo-queries.ts';

const params = z.object({ id: idSchema });
const tags = ['gate'];
const config = { right: 'block.manage' } as const;

/** An import taken back: what that would do, and the act. */
export const undoRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/block-imports/:id/undo',
      {
        config,
        schema: {
          tags,
          operationId: 'previewBlockImportUndo',
          summary: 'How many blocks of an import would be lifted by undoing it, and how many not',
          params,
          response: { 200: importUndoPreviewSchema, ...problems(400, 401, 403, 404, 422) },
        },
      },
      async (request) => {
        const { workspaceId } = requireActor(request);
        const found = await findImport(deps.db, workspaceId, request.params.id);
        if (found === undefined || found.state === 'reading') {
          throw notFound('block-import');
        }
        return previewUndo(deps.db, workspaceId, found.id, found.done.blocked);
      },
    );
    app.post(
      '/block-imports/:id/undo',
      {
        config,
        schema: {
          tags,
          operationId: 'undoBlockImport',
          summary: 'Begins to lift the blocks that an import made; a job does it',
          description:
            'Of an import that has ended: lifts the blocks that it made and that stand as it made them. Whoever was blocked ' +
            'before, or whose block somebody has changed, confirmed or made anew since, stays as they are. Twice is once: ' +
            'while it is under way, and where nothing is left to lift, nothing happens. How far it is stands in `undo`.',
          params,
          response: {
            200: blockImportSchema,
            ...problems(400, 401, 403, 404, 409, 413, 415, 422),
          },
        },
      },
      (request) => inTx(deps, requireActor(request), (ctx) => startUndo(ctx, request.params.id)),
    );
  };
