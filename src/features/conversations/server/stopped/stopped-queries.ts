import { sql } from 'kysely';
import type { Db } from '#platform/server/deps.ts';

/** What nobody has decided of yet, over all conversations of the contact, in the order in which it was written. */
export const findOpenStopped = async (
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select m.id from stopped_message s
      join message m on m.workspace_id = s.workspace_id and m.id = s.message_id
     where s.workspace_id = ${workspaceId} and s.outcome is null and m.contact_id = ${contactId}
     order by m.at, m.id limit 100`.execute(db);
  return rows.map((row) => row.id);
};
