import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';
import type { IncidentReason } from '../contract.ts';
import { bucketOf, isWithin, type Span } from './span-queries.ts';

export interface IncidentRow {
  /** The first day of its piece of the period. */
  readonly bucket: string;
  readonly reason: IncidentReason;
  /** Null: of somebody who had not written to us. */
  readonly channelId: string | null;
  readonly count: number;
}

/** A block is one of its own: not one that went along with a change of number, a merge or a split. */
export const isOwnBlock = sql<boolean>`b.cause in ('manual', 'import', 'exchange-list')`;

/**
 * A block is for every channel, so it has none. It is counted where the person had last written when it was made, which
 * nothing that happens later changes.
 */
export const channelOf = (
  row: 'b' | 'q',
  at: 'started_at' | 'opened_at',
): RawBuilder<string | null> => sql<string | null>`(
  select v.channel_id from conversation v
   cross join lateral (
     select m.at from shown_message m
      where m.workspace_id = v.workspace_id and m.conversation_id = v.id and m.direction = 'in'
        and m.at <= ${sql.ref(`${row}.${at}`)}
      order by m.at desc limit 1) last
   where v.workspace_id = ${sql.ref(`${row}.workspace_id`)} and v.contact_id = ${sql.ref(`${row}.contact_id`)}
   order by last.at desc limit 1)`;

/** @param row an expression of a channel */
export const isOfChannel = (
  { channelId }: Span,
  row: RawBuilder<string | null>,
): RawBuilder<boolean> =>
  channelId === undefined ? sql<boolean>`true` : sql<boolean>`${row} = ${channelId}`;

/** Why the first who asked did. */
const firstReason = (table: 'removal_asker' | 'block_request_asker') => sql`lateral (
  select s.reason from ${sql.table(table)} s
   where s.workspace_id = q.workspace_id and s.request_id = q.id
   order by s.asked_at, s.asker_id limit 1) a`;

export const countRemovalRequests = async (db: Db, span: Span): Promise<IncidentRow[]> => {
  const { rows } = await sql<IncidentRow>`
    select ${bucketOf(span, sql`q.opened_at`)} as bucket, a.reason, q.channel_id as "channelId", count(*)::int as count
      from removal_request q cross join ${firstReason('removal_asker')}
     where q.workspace_id = ${span.workspaceId} and ${isWithin(span, sql`q.opened_at`)}
       and ${isOfChannel(span, sql`q.channel_id`)}
     group by 1, 2, 3`.execute(db);
  return rows;
};

export const countBlockRequests = async (db: Db, span: Span): Promise<IncidentRow[]> => {
  const { rows } = await sql<IncidentRow>`
    with asked as materialized (
      select q.opened_at, a.reason, ${channelOf('q', 'opened_at')} as channel_id
        from block_request q cross join ${firstReason('block_request_asker')}
       where q.workspace_id = ${span.workspaceId} and ${isWithin(span, sql`q.opened_at`)}
    )
    select ${bucketOf(span, sql`opened_at`)} as bucket, reason, channel_id as "channelId", count(*)::int as count
      from asked where ${isOfChannel(span, sql`channel_id`)}
     group by 1, 2, 3`.execute(db);
  return rows;
};

export const countNewBlocks = async (db: Db, span: Span): Promise<IncidentRow[]> => {
  const { rows } = await sql<IncidentRow>`
    with made as materialized (
      select b.started_at, b.reason, ${channelOf('b', 'started_at')} as channel_id
        from block b
       where b.workspace_id = ${span.workspaceId} and b.is_open in (true, false)
         and ${isWithin(span, sql`b.started_at`)} and ${isOwnBlock}
    )
    select ${bucketOf(span, sql`started_at`)} as bucket, reason, channel_id as "channelId", count(*)::int as count
      from made where ${isOfChannel(span, sql`channel_id`)}
     group by 1, 2, 3`.execute(db);
  return rows;
};
