import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Locale } from '#features/accounts/contract.ts';
import { requireActor } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { exportBlocksQuerySchema } from '../../imports/contract.ts';
import { blocksFile } from './export-file.ts';
import { everyBlock } from './export-queries.ts';

/** That of programs is as that of a person who speaks Portuguese. */
const fileNames: Readonly<Record<Locale, string>> = {
  'pt-BR': 'bloqueios.csv',
  en: 'blocks.csv',
  es: 'bloqueos.csv',
};

export const exportRoute =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/blocks/export',
      {
        config: { right: 'block.manage' },
        schema: {
          tags: ['gate'],
          operationId: 'exportBlocks',
          summary:
            'Blocks as a file for spreadsheets (CSV, UTF-8, semicolons), which an import can read',
          description:
            'Times are those of the workspace. Somebody with several numbers or ids has a row for each of them. With a `language` the headings and the reasons are words of that language, without one they are the codes of the API; an import reads all of them. That it was made is an event of the audit log.',
          querystring: exportBlocksQuerySchema,
          response: {
            200: { description: 'The file', content: { 'text/csv': { schema: z.any() } } },
            ...problems(400, 401, 403, 422),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { state, language } = request.query;
        await inTx(deps, actor, (ctx) =>
          audit(ctx, { action: 'gate.blocks-exported', details: { state } }),
        );
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${fileNames[language ?? 'pt-BR']}"`)
          .header('cache-control', 'no-store')
          .send(blocksFile(everyBlock(deps.db, actor.workspaceId, state), language));
      },
    );
  };
