import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { MessageState } from '../message-store.ts';

const bytesOf = (hashes: readonly string[]) =>
  sql`${hashes.map((hash) => Buffer.from(hash, 'hex'))}::bytea[]`;

/** When something was done to a message, and by what it is known if it comes once more (hashes, hex). */
export interface DoneAt {
  readonly at: Date;
  readonly hashes: readonly string[];
}

/** The newest stands, in whatever order they come, and once taken back it is kept as such: an older one may come once more. */
export const setReaction = async (
  tx: Tx,
  message: MessageState,
  direction: 'in' | 'out',
  emoji: string | null,
  { at, hashes }: DoneAt,
): Promise<void> => {
  await sql`insert into message_reaction as r (workspace_id, message_id, contact_id, direction, emoji, at, action_hashes)
    values (${message.workspaceId}, ${message.id}, ${message.contactId}, ${direction}, ${emoji}, ${at}, ${bytesOf(hashes)})
    on conflict (workspace_id, message_id, direction) do update
      set emoji = excluded.emoji, at = excluded.at,
          action_hashes = case when r.at = excluded.at then r.action_hashes else '{}' end || excluded.action_hashes
    where r.at < excluded.at or (r.at = excluded.at and not r.action_hashes @> excluded.action_hashes)`.execute(
    tx,
  );
};

/**
 * The newest edit wins, however late an older one comes; of one second the one that comes last, unless it came before.
 * @returns whether this one does
 */
export const setEdited = async (
  tx: Tx,
  message: MessageState,
  text: string | null,
  { at, hashes }: DoneAt,
): Promise<boolean> => {
  // The card was of a link in the text that stood there before. A file without words has none, as when it came so.
  const { numAffectedRows } = await sql`update message
     set text = case when ${text}::text = '' and kind <> 'text' then null else coalesce(${text}, text) end,
         edit_hashes = case when edited_at = ${at} then edit_hashes else '{}' end || ${bytesOf(hashes)},
         edited_at = ${at}, payload = payload - 'linkCard'
    where workspace_id = ${message.workspaceId} and id = ${message.id} and revoked_at is null
      and (edited_at is null or edited_at < ${at}
           or (edited_at = ${at} and not coalesce(edit_hashes, '{}') @> ${bytesOf(hashes)}))`.execute(
    tx,
  );
  return numAffectedRows === 1n;
};

/** The writer took it back on WhatsApp: its content goes, the row stays as a mark. */
export const setRevoked = async (tx: Tx, message: MessageState, at: Date): Promise<void> => {
  await sql`update message set text = null, payload = '{}', revoked_at = ${at}
    where workspace_id = ${message.workspaceId} and id = ${message.id} and revoked_at is null`.execute(
    tx,
  );
};
