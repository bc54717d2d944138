import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { csvOf } from '#platform/server/csv.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { exportBlocksQuerySchema } from '../../imports/contract.ts';
import { type ExportedBlock, everyBlock } from './export-queries.ts';

/** The first ones are what an import reads. */
const columns = [
  'number',
  'id',
  'name',
  'reason',
  'note',
  'until',
  'since',
  'ended_at',
  'blocked_by',
  'unblocked_by',
  'attempts',
  'last_attempt',
] as const;

const cellsOf = (block: ExportedBlock): string[] => [
  block.number ?? '',
  block.userId ?? '',
  block.name,
  block.reason,
  block.note ?? '',
  block.until ?? '',
  block.since,
  block.endedAt ?? '',
  block.startedBy ?? '',
  block.liftedBy ?? '',
  String(block.attempts),
  block.lastAttempt ?? '',
];

async function* rowsOf(blocks: AsyncIterable<ExportedBlock>) {
  for await (const block of blocks) {
    yield cellsOf(block);
  }
}

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
            'Times are those of the workspace. Somebody with several numbers or ids has a row for each of them. That it was made is an event of the audit log.',
          querystring: exportBlocksQuerySchema,
          response: {
            200: { description: 'The file', content: { 'text/csv': { schema: z.any() } } },
            ...problems(400, 401, 403, 422),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const { state } = request.query;
        await inTx(deps, actor, (ctx) =>
          audit(ctx, { action: 'gate.blocks-exported', details: { state } }),
        );
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="bloqueios.csv"')
          .header('cache-control', 'no-store')
          .send(csvOf(columns, rowsOf(everyBlock(deps.db, actor.workspaceId, state))));
      },
    );
  };
