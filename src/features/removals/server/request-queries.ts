import { type RawBuilder, sql } from 'kysely';
import { can } from '#features/accounts/server/index.ts';
import { nameColumns } from '#features/contacts/server/index.ts';
import { countCopies, countSameBytes } from '#features/conversations/server/index.ts';
import { type Page, rowsToRead, toPage } from '#platform/server/cursor.ts';
import type { Actor, Db, Tx } from '#platform/server/deps.ts';
import { notFound } from '#platform/server/errors.ts';
import { type RemovalCounts, type RemovalRequest, removalSteps } from '../contract.ts';
import { isListed, isWaitingNow, orderOf, type RemovalListQuery } from './list-queries.ts';
import { type RequestRow, toRequest } from './request-view.ts';
import { isToldComment } from './talk-queries.ts';

const reviews = (actor: Actor): boolean => can(actor, 'removal.review');

/** The asker's row called `s` is the actor's own. */
const isOwn = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`s.asker_kind = ${actor.kind} and s.asker_id = ${actor.id}::uuid`;

const hasAsked = (actor: Actor): RawBuilder<boolean> => sql<boolean>`exists (
  select 1 from removal_asker s
   where s.workspace_id = q.workspace_id and s.request_id = q.id and ${isOwn(actor)})`;

/** Of somebody whose data was erased a request is a number in the report, and nothing that anybody is shown. */
const isOfNobody = sql`exists (select 1 from contact e
   where e.workspace_id = q.workspace_id and e.id = q.contact_id and e.erased_at is not null)`;

/** Whoever reviews sees all requests, everybody else those that they asked for. */
const isSeenBy = (actor: Actor): RawBuilder<boolean> =>
  reviews(actor)
    ? sql<boolean>`q.workspace_id = ${actor.workspaceId} and not ${isOfNobody}`
    : sql<boolean>`q.workspace_id = ${actor.workspaceId} and ${hasAsked(actor)} and not ${isOfNobody}`;

const isSeenAsker = (actor: Actor): RawBuilder<unknown> =>
  reviews(actor) ? sql`true` : isOwn(actor);

const askers = (actor: Actor) => sql`(
  select jsonb_agg(jsonb_build_object('kind', s.asker_kind, 'id', s.asker_id,
           'name', case when s.asker_kind = 'system' then 'Guarita' else coalesce(m.name, k.name, '—') end,
           'reason', s.reason, 'note', s.note, 'askedAt', s.asked_at) order by s.asked_at, s.asker_id)
    from removal_asker s
    left join member m on m.workspace_id = s.workspace_id and m.id = s.asker_id
    left join api_key k on k.workspace_id = s.workspace_id and k.id = s.asker_id
   where s.workspace_id = q.workspace_id and s.request_id = q.id
     and ${isSeenAsker(actor)})`;

/** Which message, of which kind and when; nothing of what it says. */
const items = sql`(
  select jsonb_agg(jsonb_build_object('messageId', i.message_id, 'state', i.state, 'direction', m.direction,
           'type', m.kind, 'at', m.at, 'proposedBy', i.proposed_by, 'proposerName', pm.name,
           'proposedAlso', i.proposed_also, 'decidedBy', i.decided_by, 'deciderName', coalesce(dm.name, dk.name), 'decidedAt', i.decided_at,
           'answer', i.answer, 'decidedFor', i.decided_for, 'repeat', case p.kind when 'exact' then 'same-bytes' when 'perceptual' then 'same-looks' end)
           order by m.at, m.id)
    from removal_item i
    join shown_message m on m.workspace_id = i.workspace_id and m.id = i.message_id
    left join member pm on pm.workspace_id = i.workspace_id and pm.id = i.proposed_by
    left join member dm on dm.workspace_id = i.workspace_id and dm.id = i.decided_by
    left join api_key dk on dk.workspace_id = i.workspace_id and dk.id = i.decided_by
    left join repeat_match r on r.workspace_id = i.workspace_id and r.message_id = i.message_id
         and r.request_id = i.request_id
    left join removed_print p on p.workspace_id = r.workspace_id and p.id = r.print_id and p.retired_at is null
   where i.workspace_id = q.workspace_id and i.request_id = q.id)`;

const name = sql`(
  select jsonb_build_object('state', n.state, 'proposedBy', n.proposed_by, 'proposerName', pm.name,
           'decidedBy', n.decided_by, 'deciderName', coalesce(dm.name, dk.name), 'decidedAt', n.decided_at,
           'decidedFor', n.decided_for, 'answer', n.answer)
    from removal_name n
    left join member pm on pm.workspace_id = n.workspace_id and pm.id = n.proposed_by
    left join member dm on dm.workspace_id = n.workspace_id and dm.id = n.decided_by
    left join api_key dk on dk.workspace_id = n.workspace_id and dk.id = n.decided_by
   where n.workspace_id = q.workspace_id and n.request_id = q.id)`;

const checks = sql`(
  select jsonb_agg(jsonb_build_object('step', k.step, 'state', k.state, 'count', k.count,
           'errorCode', k.error_code, 'tries', k.tries, 'at', k.at)
           order by array_position(${[...removalSteps]}::text[], k.step))
    from removal_check k where k.workspace_id = q.workspace_id and k.request_id = q.id)`;

/** While it waits as the setting is now; afterwards as it was. */
const needsTwo = sql`case when q.decided_at is null
  then exists (select 1 from removal_setting z
         join removal_asker s on s.workspace_id = z.workspace_id and s.reason = any(z.two_person_reasons)
        where z.workspace_id = q.workspace_id and s.request_id = q.id)
  else exists (select 1 from removal_item i
        where i.workspace_id = q.workspace_id and i.request_id = q.id and i.proposed_by is not null)
    or exists (select 1 from removal_name n
        where n.workspace_id = q.workspace_id and n.request_id = q.id and n.proposed_by is not null) end`;

/** Where its messages, or whose name it is about, are now: a merge or a split may have moved them since it was opened. */
const place = sql`left join lateral (
  (select m.conversation_id, m.contact_id from removal_item i
    join shown_message m on m.workspace_id = i.workspace_id and m.id = i.message_id
   where i.workspace_id = q.workspace_id and i.request_id = q.id order by m.at, m.id limit 1)
  union all
  (select v.id, coalesce(o.merged_into, o.id) from removal_name n
    join contact o on o.workspace_id = n.workspace_id and o.id = n.contact_id
    left join conversation v on v.workspace_id = o.workspace_id and v.contact_id = coalesce(o.merged_into, o.id)
   where n.workspace_id = q.workspace_id and n.request_id = q.id
   order by v.last_activity_at desc nulls last, v.id desc limit 1)) p on true`;

const selectRequests = (
  actor: Actor,
  {
    where,
    order,
    limit,
  }: { where: RawBuilder<unknown>; order: RawBuilder<unknown>; limit: number },
): RawBuilder<RequestRow> => sql<RequestRow>`
  select q.id, q.number, q.state, coalesce(p.conversation_id, q.conversation_id) as "conversationId",
         c.id as "contactId", ${nameColumns}, ch.id as "channelId", ch.name as "channelName",
         q.opened_at as "openedAt", q.due_at as "dueAt", ${isWaitingNow} and q.due_at <= clock_timestamp() as "isOverdue",
         q.is_own as "isOwn", q.is_at_sight as "isAtSight", ${needsTwo} as "needsTwo",
         q.assignee_id as "assigneeId", a.name as "assigneeName", q.decided_at as "decidedAt",
         q.finished_at as "finishedAt",
         (select count(*) from removal_comment k
           where k.workspace_id = q.workspace_id and k.request_id = q.id and ${isToldComment(actor)})::int as "commentCount",
         ${askers(actor)} as askers, ${items} as items, ${name} as named, ${checks} as checks
    from (select q.* from removal_request q where ${where} order by ${order} limit ${sql.lit(limit)}) q
    ${place}
    join contact c on c.workspace_id = q.workspace_id and c.id = coalesce(p.contact_id, q.contact_id)
    left join channel ch on ch.workspace_id = q.workspace_id and ch.id = q.channel_id
    left join member a on a.workspace_id = q.workspace_id and a.id = q.assignee_id
   order by ${order}`;

const none: ReadonlyMap<string, number> = new Map();

const present = async (
  db: Db | Tx,
  actor: Actor,
  rows: readonly RequestRow[],
): Promise<Map<string, RemovalRequest>> => {
  const isReviewer = reviews(actor);
  const open = rows.flatMap((row) =>
    (row.items ?? []).flatMap((item) => (item.state === 'open' ? [item.messageId] : [])),
  );
  const together = rows.map(({ items: some }) => (some ?? []).map(({ messageId }) => messageId));
  const sameBytes =
    isReviewer && open.length > 0
      ? await countSameBytes(db, actor.workspaceId, open, together)
      : none;
  const shown = new Map<string, RemovalRequest>();
  for (const row of rows) {
    const isOpen = row.items?.some(({ state }) => state === 'open') ?? false;
    const copies = isOpen ? await countCopies(db, actor.workspaceId, row.id) : none;
    shown.set(row.id, toRequest(row, isReviewer, { copies, sameBytes }));
  }
  return shown;
};

/** Those that wait: own ones first, then by when they are due; all others by their number, newest first. */
export const listRemovalRequests = async (
  db: Db,
  actor: Actor,
  query: RemovalListQuery,
): Promise<Page<RemovalRequest>> => {
  const where = sql`${isSeenBy(actor)} and ${isListed(actor.workspaceId, query, { isAsker: isSeenAsker(actor), isAssignee: sql`${reviews(actor)}::boolean` })}`;
  const limit = rowsToRead(query.limit);
  const { rows } = await selectRequests(actor, { where, order: orderOf(query), limit }).execute(db);
  const shown = await present(db, actor, rows.slice(0, query.limit));
  const page = toPage(
    rows,
    query.limit,
    ({ dueAt: at, id }) => ({ at, id }),
    ({ id }) => id,
  );
  return { ...page, items: page.items.flatMap((id) => shown.get(id) ?? []) };
};

/** Nothing for who may not see it, as if it were not there. */
export const findRemovalRequest = async (
  db: Db | Tx,
  actor: Actor,
  requestId: string,
): Promise<RemovalRequest | undefined> => {
  const where = sql`${isSeenBy(actor)} and q.id = ${requestId}`;
  const read = selectRequests(actor, { where, order: sql`q.id`, limit: 1 });
  const { rows } = await read.execute(db);
  return (await present(db, actor, rows)).get(requestId);
};

/** @throws AppError removal-request-not-found when it is not there, or not theirs to see */
export const findSeen = async (
  db: Db | Tx,
  actor: Actor,
  requestId: string,
): Promise<{ id: string; number: number }> => {
  const { rows } = await sql<{ id: string; number: number }>`
    select q.id, q.number from removal_request q where ${isSeenBy(actor)} and q.id = ${requestId}`.execute(
    db,
  );
  if (rows[0] === undefined) {
    throw notFound('removal-request');
  }
  return rows[0];
};

/** More than a person can ask for within a day and be answered. */
const mostOwn = 101;

/** What the actor asked for: it still waits, or its end was not acknowledged. */
export const listOwnRemovalRequests = async (db: Db, actor: Actor): Promise<RemovalRequest[]> => {
  const where = sql`q.workspace_id = ${actor.workspaceId} and not ${isOfNobody} and exists (
    select 1 from removal_asker s
     where s.workspace_id = q.workspace_id and s.request_id = q.id and ${isOwn(actor)}
       and (q.decided_at is null or s.acknowledged_at is null))`;
  const order = sql`q.number desc`;
  const { rows } = await selectRequests(actor, { where, order, limit: mostOwn }).execute(db);
  return [...(await present(db, actor, rows)).values()];
};

/** Of those that the actor may see. */
export const countRemovalRequests = async (db: Db, actor: Actor): Promise<RemovalCounts> => {
  const { rows } = await sql<RemovalCounts>`
    select count(*) as waiting, count(*) filter (where q.due_at <= clock_timestamp()) as overdue,
           count(*) filter (where q.assignee_id = ${actor.id}::uuid) as mine
      from removal_request q where ${isSeenBy(actor)} and ${isWaitingNow}`.execute(db);
  return rows[0] ?? { waiting: 0, overdue: 0, mine: 0 };
};
