import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';

/** A message that one of the named ones is, or is a copy of, or that is a copy of it: by forwarding, at any depth. */
export interface Relative {
  /** The one that was named. */
  readonly namedId: string;
  readonly id: string;
  readonly contactId: string;
}

/**
 * Whole families: up to what was forwarded first, and down to every copy of that. A forebear that is gone still joins its
 * copies: they name it.
 */
export const family = (workspaceId: string, ids: readonly string[]) => sql`
  recursive up (named, id) as (
    select u.id, u.id from unnest(${[...ids]}::uuid[]) as u (id)
    union
    select up.named, m.forwarded_from from up
      join message m on m.workspace_id = ${workspaceId} and m.id = up.id
     where m.forwarded_from is not null),
  down (named, id) as (
    select named, id from up
    union
    select down.named, m.id from down
      join message m on m.workspace_id = ${workspaceId} and m.forwarded_from = down.id)`;

export const findLineage = async (
  db: Db | Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Relative[]> => {
  const { rows } = await sql<Relative>`
    with ${family(workspaceId, ids)}
    select down.named as "namedId", m.id, m.contact_id as "contactId" from down
      join message m on m.workspace_id = ${workspaceId} and m.id = down.id
     order by m.id, down.named`.execute(db);
  return rows;
};
