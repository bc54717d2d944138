import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { requireActor } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { csvOf } from '#platform/server/csv.ts';
import type { Deps } from '#platform/server/deps.ts';
import { problems } from '#platform/server/http-errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { pageOf } from '#platform/shared/page.ts';
import {
  type AuditEvent,
  auditActorsSchema,
  auditEventSchema,
  auditExportQuerySchema,
  auditQuerySchema,
} from '../contract.ts';
import { everyEvent, listActors, listEvents } from './queries.ts';

const tags = ['audit'];
const config = { right: 'audit.read' } as const;

const columns = [
  'seal',
  'at',
  'actor_kind',
  'actor_id',
  'actor_name',
  'action',
  'subject_kind',
  'subject_id',
  'subject_name',
  'masked_number',
  'details',
] as const;

const cellsOf = ({ seal, at, actor, action, subject, maskedNumber, details }: AuditEvent) => [
  seal === null ? '' : String(seal),
  at,
  actor.kind,
  actor.id ?? '',
  actor.name ?? '',
  action,
  subject?.kind ?? '',
  subject?.id ?? '',
  subject?.name ?? '',
  maskedNumber ?? '',
  JSON.stringify(details),
];

async function* rowsOf(events: AsyncIterable<AuditEvent>) {
  for await (const event of events) {
    yield cellsOf(event);
  }
}

/** The audit log: administrators only. */
export const auditRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/audit-events',
      {
        config,
        schema: {
          tags,
          operationId: 'listAuditEvents',
          summary: 'Who did what, newest first',
          querystring: auditQuerySchema,
          response: { 200: pageOf(auditEventSchema), ...problems(400, 401, 403, 422) },
        },
      },
      async (request) => listEvents(deps.db, requireActor(request).workspaceId, request.query),
    );

    app.get(
      '/audit-events/actors',
      {
        config,
        schema: {
          tags,
          operationId: 'listAuditActors',
          summary:
            'Whose doings stand in the log, also those who left, keys, and the product itself',
          description: 'At most 500.',
          response: { 200: auditActorsSchema, ...problems(400, 401, 403, 422) },
        },
      },
      async (request) => ({
        items: await listActors(deps.db, requireActor(request).workspaceId),
        nextCursor: null,
      }),
    );

    app.get(
      '/audit-events/export',
      {
        config,
        schema: {
          tags,
          operationId: 'exportAuditEvents',
          summary: 'The same as a file for spreadsheets (CSV, UTF-8, semicolons)',
          description: 'That it was made is an event of the log itself.',
          querystring: auditExportQuerySchema,
          response: {
            200: {
              description: 'The file',
              content: { 'text/csv': { schema: z.any() } },
            },
            ...problems(400, 401, 403, 422),
          },
        },
      },
      async (request, reply) => {
        const actor = requireActor(request);
        await inTx(deps, actor, (ctx) => audit(ctx, { action: 'accounts.audit-exported' }));
        const events = everyEvent(deps.db, actor.workspaceId, request.query);
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="auditoria.csv"')
          .header('cache-control', 'no-store')
          .send(csvOf(columns, rowsOf(events)));
      },
    );
  };
