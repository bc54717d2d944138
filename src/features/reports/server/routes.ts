import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { csvOf } from '#platform/server/csv.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { protectionQuerySchema, protectionReportSchema } from '../contract.ts';
import { columns, csvLines } from './csv-lines.ts';
import { readProtection } from './read-protection.ts';

const tags = ['reports'];
const config = { right: 'report.read' } as const;
const reading = problems(400, 401, 403, 404, 422);

/** How the team is protected, in figures that name nobody: administrators only. */
export const reportRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/reports/protection',
      {
        config,
        schema: {
          tags,
          operationId: 'getProtectionReport',
          summary: 'Incidents, how fast they were dealt with, exposures and blocks of a period',
          description:
            'Days are those of the workspace’s time zone, both included; without them the last thirty. No figure is of a person.',
          querystring: protectionQuerySchema,
          response: { 200: protectionReportSchema, ...reading },
        },
      },
      (request) => readProtection(deps.db, requireActor(request).workspaceId, request.query),
    );

    app.get(
      '/reports/protection/export',
      {
        config,
        schema: {
          tags,
          operationId: 'exportProtectionReport',
          summary: 'The same as a file for spreadsheets (CSV, UTF-8, semicolons)',
          description: 'That it was made is an event of the audit log.',
          querystring: protectionQuerySchema,
          response: {
            200: { description: 'The file', content: { 'text/csv': { schema: z.any() } } },
            ...reading,
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        const report = await readProtection(deps.db, actor.workspaceId, request.query);
        const { from, to } = report;
        await inTx(deps, actor, (ctx) =>
          audit(ctx, {
            action: 'reports.protection-exported',
            details: { firstDay: from, lastDay: to },
          }),
        );
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="protecao-${from}-${to}.csv"`)
          .header('cache-control', 'no-store')
          .send(csvOf(columns, csvLines(report)));
      },
    );
  };
