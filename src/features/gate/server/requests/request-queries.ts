import { type RawBuilder, sql } from 'kysely';
import { can } from '#features/accounts/server/index.ts';
import { displayName, type NameRow, nameColumns } from '#features/contacts/server/index.ts';
import { decodeCursor, type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Actor, Db } from '#platform/server/deps.ts';
import type { BlockReason } from '../../contract.ts';
import type { BlockRequest, BlockRequestCounts } from '../../requests/contract.ts';
import { decodeTurn, encodeTurn } from './turn-cursor.ts';

interface RequestRow extends NameRow {
  id: string;
  contactId: string;
  state: BlockRequest['state'];
  openedAt: Date;
  dueAt: Date;
  broughtUpCount: number;
  broughtUpAt: Date | null;
  askers: { id: string; name: string; reason: BlockReason; note: string | null; at: string }[];
  messageIds: string[];
  decidedAt: Date | null;
  deciderKind: string | null;
  deciderId: string | null;
  deciderName: string | null;
  answer: string | null;
  blockId: string | null;
}

const decides = (actor: Actor): boolean => can(actor, 'block.decide');

/** The asker's row called `s` is the actor's own. */
const isOwn = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`s.asker_kind = ${actor.kind} and s.asker_id = ${actor.id}::uuid`;

const hasAsked = (actor: Actor): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from block_request_asker s
   where s.workspace_id = q.workspace_id and s.request_id = q.id and ${isOwn(actor)})`;

/** Of somebody whose data was erased a request is a number in the report, and nothing that anybody is shown. */
const isOfSomebody = (actor: Actor): RawBuilder<unknown> =>
  sql`q.workspace_id = ${actor.workspaceId} and not exists (select 1 from contact e
    where e.workspace_id = q.workspace_id and e.id = q.contact_id and e.erased_at is not null)`;

/** Whoever decides sees all requests, everybody else those that they asked for. */
const isSeenBy = (actor: Actor): RawBuilder<unknown> =>
  decides(actor) ? isOfSomebody(actor) : sql`${isOfSomebody(actor)} and ${hasAsked(actor)}`;

const newestFirst = sql`q.opened_at desc, q.id desc`;
/** In which open ones are decided: what was brought up most often, then whoever has waited longest. */
const inTurn = sql`q.brought_up_count desc, q.opened_at, q.id`;

const selectRequests = (
  actor: Actor,
  where: RawBuilder<unknown>,
  limit: number,
  order: RawBuilder<unknown> = newestFirst,
): RawBuilder<RequestRow> => sql<RequestRow>`
  select q.id, q.contact_id as "contactId", ${nameColumns},
         q.state, q.opened_at as "openedAt", q.due_at as "dueAt", q.brought_up_count as "broughtUpCount",
         q.brought_up_at as "broughtUpAt", q.decided_at as "decidedAt", q.decided_by_kind as "deciderKind",
         q.decided_by as "deciderId", coalesce(dm.name, dk.name) as "deciderName", q.answer, q.block_id as "blockId",
         (select jsonb_agg(jsonb_build_object('id', s.asker_id, 'name', coalesce(am.name, ak.name, '—'),
                   'reason', s.reason, 'note', s.note, 'at', s.asked_at) order by s.asked_at, s.asker_id)
            from block_request_asker s
            left join member am on am.workspace_id = s.workspace_id and am.id = s.asker_id
            left join api_key ak on ak.workspace_id = s.workspace_id and ak.id = s.asker_id
           where s.workspace_id = q.workspace_id and s.request_id = q.id
             and ${decides(actor) ? sql`true` : isOwn(actor)}) as askers,
         array(select x.message_id from block_request_message x
           join message m on m.workspace_id = x.workspace_id and m.id = x.message_id
          where x.workspace_id = q.workspace_id and x.request_id = q.id
          order by m.at desc, m.id desc) as "messageIds"
    from (select q.* from block_request q
           where ${where} order by ${order} limit ${sql.lit(limit)}) q
    join contact c on c.workspace_id = q.workspace_id and c.id = q.contact_id
    left join member dm on dm.workspace_id = q.workspace_id and dm.id = q.decided_by
    left join api_key dk on dk.workspace_id = q.workspace_id and dk.id = q.decided_by
   order by ${order}`;

const decidedBy = (row: RequestRow): BlockRequest['decidedBy'] =>
  row.deciderKind === null || row.deciderKind === 'system'
    ? null
    : { id: row.deciderId, name: row.deciderName ?? '—' };

const toRequest = (actor: Actor, row: RequestRow): BlockRequest => ({
  id: row.id,
  contactId: row.contactId,
  contactName: displayName(row),
  contactPhone: row.phone === null ? null : `+${row.phone}`,
  state: row.state,
  openedAt: row.openedAt.toISOString(),
  dueAt: row.dueAt.toISOString(),
  broughtUpCount: row.broughtUpCount,
  broughtUpAt: row.broughtUpAt?.toISOString() ?? null,
  askers: (row.askers ?? []).map(({ at, ...asker }) => ({
    ...asker,
    askedAt: new Date(at).toISOString(),
  })),
  decidedAt: row.decidedAt?.toISOString() ?? null,
  answer: row.answer,
  ...(decides(actor)
    ? { messageIds: row.messageIds, decidedBy: decidedBy(row), blockId: row.blockId }
    : { messageIds: [], decidedBy: null, blockId: null }),
});

export interface RequestListQuery {
  readonly state: BlockRequest['state'] | 'decided' | 'all';
  readonly contactId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const listInTurn = async (
  db: Db,
  actor: Actor,
  parts: RawBuilder<unknown>[],
  { cursor, limit }: RequestListQuery,
): Promise<Page<BlockRequest>> => {
  if (cursor !== undefined) {
    const { times, at, id } = decodeTurn(cursor);
    parts.push(
      sql`(-q.brought_up_count, q.opened_at, q.id) > (${-times}::int, ${at}::timestamptz, ${id}::uuid)`,
    );
  }
  const where = sql.join(parts, sql` and `);
  const { rows } = await selectRequests(actor, where, rowsToRead(limit), inTurn).execute(db);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => toRequest(actor, row)),
    nextCursor: last === undefined ? null : encodeTurn(last),
  };
};

/** Open ones in turn, others newest first. */
export const listBlockRequests = async (
  db: Db,
  actor: Actor,
  query: RequestListQuery,
): Promise<Page<BlockRequest>> => {
  const parts = [isSeenBy(actor)];
  if (query.state === 'decided') {
    parts.push(sql`q.state <> 'open'`);
  } else if (query.state !== 'all') {
    parts.push(sql`q.state = ${query.state}`);
  }
  if (query.contactId !== undefined) {
    parts.push(sql`q.contact_id = ${query.contactId}`);
  }
  if (query.state === 'open') {
    return listInTurn(db, actor, parts, query);
  }
  if (query.cursor !== undefined) {
    const { at, id } = decodeCursor(query.cursor);
    parts.push(sql`(q.opened_at, q.id) < (${at}::timestamptz, ${id}::uuid)`);
  }
  const where = sql.join(parts, sql` and `);
  const { rows } = await selectRequests(actor, where, rowsToRead(query.limit)).execute(db);
  return toPage(
    rows,
    query.limit,
    ({ openedAt: at, id }) => ({ at, id }),
    (row) => toRequest(actor, row),
  );
};

/** Nothing for who may not see it, as if it were not there. */
export const findBlockRequest = async (
  db: Db,
  actor: Actor,
  requestId: string,
): Promise<BlockRequest | undefined> => {
  const where = sql`${isSeenBy(actor)} and q.id = ${requestId}`;
  const { rows } = await selectRequests(actor, where, 1).execute(db);
  return rows[0] === undefined ? undefined : toRequest(actor, rows[0]);
};

/** More than a person can ask for within a day and be answered. */
const mostOwn = 200;

/** What the actor asked for: it still waits, or its answer was not acknowledged. */
export const listOwnBlockRequests = async (db: Db, actor: Actor): Promise<BlockRequest[]> => {
  const where = sql`${isOfSomebody(actor)} and exists (
    select 1 from block_request_asker s
     where s.workspace_id = q.workspace_id and s.request_id = q.id and ${isOwn(actor)}
       and (q.state = 'open' or s.acknowledged_at is null))`;
  const { rows } = await selectRequests(actor, where, mostOwn).execute(db);
  return rows.map((row) => toRequest(actor, row));
};

/** Of those that the actor may see. */
export const countBlockRequests = async (db: Db, actor: Actor): Promise<BlockRequestCounts> => {
  const { rows } = await sql<
    Omit<BlockRequestCounts, 'lastBroughtUpAt'> & { lastBroughtUpAt: Date | null }
  >`
    select count(*) as open, max(q.brought_up_at) as "lastBroughtUpAt",
           count(*) filter (where q.brought_up_count > 0 or q.due_at <= clock_timestamp()) as overdue,
           coalesce(sum(q.brought_up_count), 0)::int as "broughtUp"
      from block_request q where ${isSeenBy(actor)} and q.state = 'open'`.execute(db);
  const { lastBroughtUpAt = null, ...counts } = rows[0] ?? { open: 0, overdue: 0, broughtUp: 0 };
  return { ...counts, lastBroughtUpAt: lastBroughtUpAt?.toISOString() ?? null };
};

/** After how many hours without an answer a request is brought up. */
export const findAnswerHours = async (db: Db, workspaceId: string): Promise<number> => {
  const { rows } = await sql<{ hours: number }>`
    select answer_within_hours as hours from block_request_setting
     where workspace_id = ${workspaceId}`.execute(db);
  return rows[0]?.hours ?? 24;
};
