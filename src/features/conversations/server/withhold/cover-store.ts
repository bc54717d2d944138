import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';

/** @param covers what is covered, and the named message on whose account */
export const insertCovers = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  covers: readonly { readonly id: string; readonly namedId: string }[],
): Promise<void> => {
  await sql`insert into message_cover (workspace_id, message_id, request_id, named_message_id)
    select ${workspaceId}, u.id, ${requestId}, u.named
      from unnest(${covers.map(({ id }) => id)}::uuid[], ${covers.map(({ namedId }) => namedId)}::uuid[]) as u (id, named)
     order by u.id, u.named
    on conflict do nothing`.execute(tx);
};

/** @returns those that were in sight until now */
export const setCovered = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`update message set is_covered = true
    where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[]) and not is_covered and removed_at is null
    returning id`.execute(tx);
  return rows.map((row) => row.id);
};

/** @returns the messages that these were a cover of */
export const deleteCovers = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  namedIds: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`delete from message_cover
    where workspace_id = ${workspaceId} and request_id = ${requestId} and named_message_id = any(${[...namedIds]}::uuid[])
    returning message_id as id`.execute(tx);
  return [...new Set(rows.map((row) => row.id))];
};

/** Those that nothing covers any more are shown again; who looked under their cover has to ask anew should there be another. */
export const clearCovered = async (
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`update message m set is_covered = false
    where m.workspace_id = ${workspaceId} and m.id = any(${[...ids]}::uuid[]) and m.is_covered
      and not exists (select 1 from message_cover c where c.workspace_id = m.workspace_id and c.message_id = m.id)
    returning m.id`.execute(tx);
  const cleared = rows.map((row) => row.id);
  await sql`delete from cover_reveal
    where workspace_id = ${workspaceId} and message_id = any(${cleared}::uuid[])`.execute(tx);
  return cleared;
};

/** The messages that these are a cover of, not locked. */
export const findCoveredBy = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  namedIds: readonly string[],
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select distinct message_id as id from message_cover
    where workspace_id = ${workspaceId} and request_id = ${requestId}
      and named_message_id = any(${[...namedIds]}::uuid[])`.execute(tx);
  return rows.map((row) => row.id);
};

/** @returns whether it is new for this person and request */
export const insertReveal = async (
  tx: Tx,
  actor: Actor,
  requestId: string,
  messageId: string,
): Promise<boolean> => {
  const { rows } = await sql`
    insert into cover_reveal as r (workspace_id, message_id, request_id, actor_kind, actor_id)
    values (${actor.workspaceId}, ${messageId}, ${requestId}, ${actor.kind}, ${actor.id})
    on conflict (workspace_id, message_id, actor_kind, actor_id) do update
       set request_id = excluded.request_id, at = clock_timestamp()
     where r.request_id <> excluded.request_id
    returning message_id`.execute(tx);
  return rows.length > 0;
};
