import { type RawBuilder, sql } from 'kysely';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Db } from '#platform/server/deps.ts';
import type { AuditActors, AuditEvent, AuditFilters } from '../contract.ts';

interface EventRow {
  id: string;
  at: Date;
  actorKind: AuditEvent['actor']['kind'];
  actorId: string | null;
  actorName: string | null;
  action: string;
  subjectKind: string | null;
  subjectId: string | null;
  subjectName: string | null;
  maskedNumber: string | null;
  details: AuditEvent['details'];
  seq: string | null;
}

const toEvent = (row: EventRow): AuditEvent => ({
  id: row.id,
  at: row.at.toISOString(),
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  action: row.action,
  subject:
    row.subjectKind === null || row.subjectId === null
      ? null
      : { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
  maskedNumber: row.maskedNumber,
  details: row.details,
  seal: row.seq === null ? null : Number(row.seq),
});

const whereOf = (workspaceId: string, filters: AuditFilters): RawBuilder<unknown>[] => {
  const { area, actorId, subjectId, from, to } = filters;
  const parts: RawBuilder<unknown>[] = [sql`e.workspace_id = ${workspaceId}`];
  if (area !== undefined) parts.push(sql`split_part(e.action, '.', 1) = ${area}`);
  if (actorId === 'system') parts.push(sql`e.actor_id is null`);
  else if (actorId !== undefined) parts.push(sql`e.actor_id = ${actorId}`);
  if (subjectId !== undefined) parts.push(sql`e.subject_id = ${subjectId}`);
  if (from !== undefined) parts.push(sql`e.at >= ${from}::timestamptz`);
  if (to !== undefined) parts.push(sql`e.at < ${to}::timestamptz`);
  return parts;
};

const selectEvents = (where: readonly RawBuilder<unknown>[], limit: number) => sql<EventRow>`
  select e.id, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", coalesce(am.name, ak.name) as "actorName",
         e.action, e.subject_kind as "subjectKind", e.subject_id as "subjectId",
         case e.subject_kind when 'member' then sm.name when 'api-key' then sk.name end as "subjectName",
         e.masked_number as "maskedNumber", e.details, s.seq
    from audit_event e
    left join member am on am.workspace_id = e.workspace_id and am.id = e.actor_id
    left join api_key ak on ak.workspace_id = e.workspace_id and ak.id = e.actor_id
    left join member sm on sm.workspace_id = e.workspace_id and sm.id = e.subject_id
    left join api_key sk on sk.workspace_id = e.workspace_id and sk.id = e.subject_id
    left join audit_seal s on s.workspace_id = e.workspace_id and s.event_id = e.id
   where ${sql.join([...where], sql` and `)}
   order by e.at desc, e.id desc
   limit ${sql.lit(limit)}`;

const before = (cursor: string): RawBuilder<unknown> => {
  const { at, id } = decodeCursor(cursor);
  return sql`(e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`;
};

export interface AuditListQuery extends AuditFilters {
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of the log, newest first. @throws AppError invalid-cursor (400) */
export const listEvents = async (
  db: Db,
  workspaceId: string,
  query: AuditListQuery,
): Promise<Page<AuditEvent>> => {
  const where = whereOf(workspaceId, query);
  if (query.cursor !== undefined) where.push(before(query.cursor));
  const { rows } = await selectEvents(where, rowsToRead(query.limit)).execute(db);
  return toPage(rows, query.limit, ({ at, id }) => ({ at, id }), toEvent);
};

/** Found by jumping from one to the next in the index by who. */
export const listActors = async (db: Db, workspaceId: string): Promise<AuditActors['items']> => {
  const { rows } = await sql<AuditActors['items'][number]>`
    with recursive actor as (
      (select actor_id as id from audit_event where workspace_id = ${workspaceId} and actor_id is not null
        order by actor_id limit 1)
      union all
      select (select e.actor_id from audit_event e where e.workspace_id = ${workspaceId} and e.actor_id > a.id
                order by e.actor_id limit 1)
        from actor a where a.id is not null)
    select case when a.id is null then 'system' when k.id is null then 'member' else 'api-key' end as kind,
           a.id, coalesce(m.name, k.name) as name
      from (select id from actor where id is not null
            union all
            select null where exists (select 1 from audit_event where workspace_id = ${workspaceId} and actor_id is null)) a
      left join member m on m.workspace_id = ${workspaceId} and m.id = a.id
      left join api_key k on k.workspace_id = ${workspaceId} and k.id = a.id
     order by a.id is null, k.id is not null, lower(coalesce(m.name, k.name)), a.id limit 500`.execute(
    db,
  );
  return rows;
};

const pieceSize = 101;

/** All of them that fit, newest first, read a piece at a time. */
export async function* everyEvent(
  db: Db,
  workspaceId: string,
  filters: AuditFilters,
): AsyncIterable<AuditEvent> {
  let cursor: string | null = null;
  do {
    const page: Page<AuditEvent> = await listEvents(db, workspaceId, {
      ...filters,
      limit: pieceSize - 1,
      ...(cursor === null ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
