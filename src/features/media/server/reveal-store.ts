import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import { isCoveredFor, type Withholding, withheldFrom } from './withheld-queries.ts';

export interface CoverOfMedia {
  readonly isCovered: boolean;
  readonly withheld: Withholding | null;
}

/** @returns undefined for a message without a file, and for one that was taken back */
export const findCover = async (
  tx: Tx,
  actor: Actor,
  messageId: string,
): Promise<CoverOfMedia | undefined> => {
  const { rows } = await sql<CoverOfMedia>`
    select ${isCoveredFor(actor)} as "isCovered", ${withheldFrom(actor)} as withheld from message_media x
      join message m on m.workspace_id = x.workspace_id and m.id = x.message_id and m.revoked_at is null
     where x.workspace_id = ${actor.workspaceId} and x.message_id = ${messageId}`.execute(tx);
  return rows[0];
};

/** @returns whether it is new */
export const insertReveal = async (tx: Tx, actor: Actor, messageId: string): Promise<boolean> => {
  const { rows } = await sql`
    insert into media_reveal (workspace_id, message_id, actor_kind, actor_id)
    values (${actor.workspaceId}, ${messageId}, ${actor.kind}, ${actor.id})
    on conflict do nothing returning message_id`.execute(tx);
  return rows.length > 0;
};
