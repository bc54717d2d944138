import { type RawBuilder, sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { RemovedPrint } from './print-store.ts';

/** A message whose file is like a removed one. */
export interface RepeatMatch {
  readonly messageId: string;
  readonly print: RemovedPrint;
  /** Somebody said meanwhile that it is not the same. */
  readonly isRetired: boolean;
  /** Who said so. */
  readonly retiredBy: Pick<Actor, 'kind' | 'id'> | null;
  /** The request under which it is covered; null until that is made. */
  readonly requestId: string | null;
}

export const insertMatch = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
  printId: string,
): Promise<void> => {
  await sql`insert into repeat_match (workspace_id, message_id, print_id)
    values (${workspaceId}, ${messageId}, ${printId}) on conflict do nothing`.execute(tx);
};

/** A message whose file is not here yet, and what the channel says that its bytes are. */
export interface DigestedMedia {
  readonly workspaceId: string;
  readonly messageId: string;
  readonly sha256: Buffer;
}

/** Withholds each of these that has the very bytes of something removed. @returns those that it did */
export const insertMatches = async (
  tx: Tx,
  media: readonly DigestedMedia[],
): Promise<{ workspaceId: string; messageId: string }[]> => {
  const { rows } = await sql<{ workspaceId: string; messageId: string }>`
    insert into repeat_match (workspace_id, message_id, print_id)
    select u.w, u.id, p.id
      from unnest(${media.map((one) => one.workspaceId)}::uuid[], ${media.map((one) => one.messageId)}::uuid[],
                  ${media.map((one) => one.sha256.toString('hex'))}::text[]) as u (w, id, sha)
      join removed_print p on p.workspace_id = u.w and p.kind = 'exact' and p.hash = decode(u.sha, 'hex')
           and p.retired_at is null
     order by u.id
    on conflict do nothing
    returning workspace_id as "workspaceId", message_id as "messageId"`.execute(tx);
  return rows;
};

/** Why the same as the covered message that is called `m` there was removed before; null where no fingerprint covered it. */
export const repeatReason: RawBuilder<string | null> = sql<string | null>`(
  select p.reason from repeat_match r
    join removed_print p on p.workspace_id = r.workspace_id and p.id = r.print_id and p.retired_at is null
   where m.withheld = 'covered' and r.workspace_id = m.workspace_id and r.message_id = m.id)`;

/** Locked, so that of two only one makes the suggestion. */
export const lockMatch = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<RepeatMatch | undefined> => {
  const { rows } = await sql<RepeatMatch>`
    select r.message_id as "messageId", r.request_id as "requestId", p.retired_at is not null as "isRetired",
           case when p.retired_at is not null then jsonb_build_object('kind', p.retired_by_kind, 'id', p.retired_by) end as "retiredBy",
           jsonb_build_object('id', p.id, 'requestId', p.request_id, 'kind', p.kind, 'reason', p.reason) as print
      from repeat_match r
      join removed_print p on p.workspace_id = r.workspace_id and p.id = r.print_id
     where r.workspace_id = ${workspaceId} and r.message_id = ${messageId} for update of r`.execute(
    tx,
  );
  return rows[0];
};

export const setMatchRequest = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
  requestId: string,
): Promise<void> => {
  await sql`update repeat_match set request_id = ${requestId}
     where workspace_id = ${workspaceId} and message_id = ${messageId}`.execute(tx);
};

export const deleteMatch = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<void> => {
  await sql`delete from repeat_match where workspace_id = ${workspaceId} and message_id = ${messageId}`.execute(
    tx,
  );
};

/** Their job got lost: whose file is withheld for long, and nobody is asked about it. */
export const findStrandedMatches = async (
  tx: Tx,
): Promise<{ workspaceId: string; messageId: string }[]> => {
  const { rows } = await sql<{ workspaceId: string; messageId: string }>`
    select workspace_id as "workspaceId", message_id as "messageId" from repeat_match
     where request_id is null and matched_at < clock_timestamp() - interval '10 minutes'
     order by message_id limit 500`.execute(tx);
  return rows;
};

/** Of the media that is called `x` there: it is like something removed, and the cover of its message is still to be made. */
export const isAwaitingCover: RawBuilder<boolean> = sql<boolean>`exists (
  select 1 from repeat_match r where r.workspace_id = x.workspace_id and r.message_id = x.message_id
     and r.request_id is null)`;
