import { type RawBuilder, sql } from 'kysely';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import type {
  Attempt,
  DeliveryDetail,
  DeliveryQuery,
  WebhookDelivery,
  WebhookEndpoint,
} from '../contract.ts';
import { bodyOf } from './body-of.ts';

interface EndpointRow {
  id: string;
  url: string;
  events: WebhookEndpoint['events'];
  isOn: boolean;
  offCause: WebhookEndpoint['offCause'];
  failingSince: Date | null;
  formerSecretUntil: Date | null;
  createdAt: Date;
}

const toEndpoint = (row: EndpointRow): WebhookEndpoint => ({
  ...row,
  failingSince: row.failingSince?.toISOString() ?? null,
  formerSecretUntil: row.formerSecretUntil?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

const selectEndpoints = (where: RawBuilder<unknown>, limit: number) => sql<EndpointRow>`
  select id, url, event_types as events, is_on as "isOn", off_cause as "offCause",
         failing_since as "failingSince", created_at as "createdAt",
         case when former_secret_until > clock_timestamp() then former_secret_until end as "formerSecretUntil"
    from webhook_endpoint where ${where} order by created_at desc, id desc limit ${sql.lit(limit)}`;

/** A page of the endpoints, newest first. @throws AppError invalid-cursor (400) */
export const listEndpoints = async (
  db: Db,
  workspaceId: string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<WebhookEndpoint>> => {
  const mine = sql`workspace_id = ${workspaceId}`;
  const end = cursor === undefined ? undefined : decodeCursor(cursor);
  const where =
    end === undefined
      ? mine
      : sql`${mine} and (created_at, id) < (${end.at}::timestamptz, ${end.id}::uuid)`;
  const { rows } = await selectEndpoints(where, rowsToRead(limit)).execute(db);
  return toPage(rows, limit, ({ createdAt: at, id }) => ({ at, id }), toEndpoint);
};

export const findEndpoint = async (
  db: Db | Tx,
  workspaceId: string,
  id: string,
): Promise<WebhookEndpoint | undefined> => {
  const where = sql`workspace_id = ${workspaceId} and id = ${id}`;
  const { rows } = await selectEndpoints(where, 1).execute(db);
  return rows[0] === undefined ? undefined : toEndpoint(rows[0]);
};

interface DeliveryRow {
  id: string;
  endpointId: string;
  eventId: string;
  type: WebhookDelivery['type'];
  state: WebhookDelivery['state'];
  isResend: boolean;
  attemptCount: number;
  attempts: Attempt[];
  nextAttemptAt: Date;
  createdAt: Date;
  endedAt: Date | null;
  at: Date;
  data: object;
}

const toDelivery = ({ attempts, at: _at, data: _data, ...row }: DeliveryRow): WebhookDelivery => ({
  ...row,
  lastAttempt: attempts.at(-1) ?? null,
  nextAttemptAt: row.state === 'waiting' ? row.nextAttemptAt.toISOString() : null,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
});

const selectDeliveries = (where: readonly RawBuilder<unknown>[], limit: number) => sql<DeliveryRow>`
  select d.id, d.endpoint_id as "endpointId", d.event_id as "eventId", v.type, d.state,
         d.is_resend as "isResend", d.attempt_count as "attemptCount", d.attempts,
         d.next_attempt_at as "nextAttemptAt", d.created_at as "createdAt", d.ended_at as "endedAt", v.at, v.data
    from webhook_delivery d
    join webhook_event v on v.workspace_id = d.workspace_id and v.id = d.event_id
   where ${sql.join([...where], sql` and `)}
   order by d.created_at desc, d.id desc limit ${sql.lit(limit)}`;

/** A page of the log, newest first. @throws AppError invalid-cursor (400) */
export const listDeliveries = async (
  db: Db,
  workspaceId: string,
  query: DeliveryQuery,
): Promise<Page<WebhookDelivery>> => {
  const where: RawBuilder<unknown>[] = [sql`d.workspace_id = ${workspaceId}`];
  if (query.endpointId !== undefined) where.push(sql`d.endpoint_id = ${query.endpointId}`);
  if (query.type !== undefined) where.push(sql`v.type = ${query.type}`);
  if (query.state !== undefined) where.push(sql`d.state = ${query.state}`);
  if (query.cursor !== undefined) {
    const { at, id } = decodeCursor(query.cursor);
    where.push(sql`(d.created_at, d.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const { rows } = await selectDeliveries(where, rowsToRead(query.limit)).execute(db);
  return toPage(rows, query.limit, ({ createdAt: at, id }) => ({ at, id }), toDelivery);
};

export const findDelivery = async (
  db: Db | Tx,
  workspaceId: string,
  id: string,
): Promise<DeliveryDetail | undefined> => {
  const where = [sql`d.workspace_id = ${workspaceId}`, sql`d.id = ${id}`];
  const { rows } = await selectDeliveries(where, 1).execute(db);
  const [row] = rows;
  return row === undefined
    ? undefined
    : { ...toDelivery(row), attempts: row.attempts, body: bodyOf(row) };
};
