import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '#platform/server/deps.ts';

/**
 * For reads: whether a block was asked for and nobody has decided yet, for the contact of the row called `alias` there
 * (a conversation or a message).
 */
export const isBlockRequested = (alias: 'v' | 'm'): RawBuilder<boolean> => {
  const row = sql.raw(alias);
  return sql<boolean>`exists (select 1 from block_request q
    where q.workspace_id = ${row}.workspace_id and q.contact_id = ${row}.contact_id and q.state = 'open' offset 0)`;
};

/** The contacts for whom this actor asked and waits: read once a statement, because there are few. */
export const contactsAskedAbout = (actor: Actor): RawBuilder<string[]> => sql`array(
  select q.contact_id from block_request_asker s
    join block_request q on q.workspace_id = s.workspace_id and q.id = s.request_id
   where s.workspace_id = ${actor.workspaceId} and s.asker_id = ${actor.id}::uuid and q.state = 'open')`;
