import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { decodeCursor } from '#platform/server/cursor.ts';
import type { removalQuerySchema } from '../contract.ts';

export type RemovalListQuery = z.infer<typeof removalQuerySchema>;

/** The request called `q` has not been decided. */
export const isWaitingNow = sql<boolean>`q.state in ('open', 'in-review')`;

const waitingStates: ReadonlySet<string> = new Set(['waiting', 'open', 'in-review']);
const isByDue = ({ state }: RemovalListQuery): boolean => waitingStates.has(state);

/** What is oldest among those that wait stands first, and before them what somebody asks of their own. */
export const orderOf = (query: RemovalListQuery): RawBuilder<unknown> =>
  isByDue(query) ? sql`q.is_own desc, q.due_at, q.id` : sql`q.number desc`;

/** The row that the page before ended with tells the rest of where that was. */
const isAfter = (workspaceId: string, query: RemovalListQuery, cursor: string) => {
  const { at, id } = decodeCursor(cursor);
  const last = (column: RawBuilder<unknown>) =>
    sql`(select ${column} from removal_request r where r.workspace_id = ${workspaceId} and r.id = ${id})`;
  return isByDue(query)
    ? sql`(not q.is_own, q.due_at, q.id) >
          (not coalesce(${last(sql`r.is_own`)}, false), ${at}::timestamptz, ${id}::uuid)`
    : sql`q.number < coalesce(${last(sql`r.number`)}, 0)`;
};

const isInState = ({ state }: RemovalListQuery): RawBuilder<unknown> => {
  switch (state) {
    case 'all':
      return sql`true`;
    case 'waiting':
      return isWaitingNow;
    case 'decided':
      return sql`not (${isWaitingNow})`;
    default:
      return sql`q.state = ${state}`;
  }
};

const isOverdue = sql`(${isWaitingNow} and q.due_at <= clock_timestamp())`;

/**
 * What the filters of the list let through, from its cursor on.
 * @param seen whether an asker's row called `s`, and whose a request is, may be seen: who may not finds nothing by it
 */
export const isListed = (
  workspaceId: string,
  query: RemovalListQuery,
  seen: { readonly isAsker: RawBuilder<unknown>; readonly isAssignee: RawBuilder<unknown> },
): RawBuilder<unknown> => {
  const parts: RawBuilder<unknown>[] = [isInState(query)];
  if (query.number !== undefined) {
    parts.push(sql`q.number = ${query.number}`);
  }
  if (query.reason !== undefined) {
    parts.push(sql`exists (select 1 from removal_asker s where s.workspace_id = q.workspace_id
      and s.request_id = q.id and s.reason = ${query.reason} and ${seen.isAsker})`);
  }
  if (query.channelId !== undefined) {
    parts.push(sql`q.channel_id = ${query.channelId}`);
  }
  if (query.contactId !== undefined) {
    parts.push(sql`(exists (select 1 from removal_item i
        join shown_message m on m.workspace_id = i.workspace_id and m.id = i.message_id
       where i.workspace_id = q.workspace_id and i.request_id = q.id and m.contact_id = ${query.contactId})
      or (q.contact_id = ${query.contactId} and not exists (select 1 from removal_item i
       where i.workspace_id = q.workspace_id and i.request_id = q.id)))`);
  }
  if (query.assigneeId !== undefined) {
    const isTheirs =
      query.assigneeId === 'none'
        ? sql`q.assignee_id is null`
        : sql`q.assignee_id = ${query.assigneeId}`;
    parts.push(sql`(${isTheirs} and ${seen.isAssignee})`);
  }
  if (query.overdue !== undefined) {
    parts.push(query.overdue === 'true' ? isOverdue : sql`not ${isOverdue}`);
  }
  if (query.cursor !== undefined) {
    parts.push(isAfter(workspaceId, query, query.cursor));
  }
  return sql.join(parts, sql` and `);
};
