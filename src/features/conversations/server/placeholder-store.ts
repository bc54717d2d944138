import { sql } from 'kysely';
import { mediaKinds } from '#features/media/contract.ts';
import type { Tx } from '#platform/server/deps.ts';
import type { ReceivedRow } from './message-store.ts';

const kinds: ReadonlySet<string> = new Set(mediaKinds);

/**
 * Makes files of the placeholders of the same id, conversation and side. Place, time and state stay, and a text that was
 * edited since. What was taken back is none any more. The caller took the rows from their proofs.
 * @returns those that became one, under the ids that are stored
 */
export const updatePlaceholders = async (
  tx: Tx,
  files: readonly ReceivedRow[],
): Promise<ReceivedRow[]> => {
  const wanted = new Map(
    files
      .filter(({ kind }) => kinds.has(kind))
      .map((row) => [`${row.channelId}/${row.externalId}`, row]),
  );
  const r = [...wanted.values()];
  if (r.length === 0) {
    return [];
  }
  const { rows } = await sql<{ id: string; channelId: string; externalId: string }>`
    with found as materialized (
      select m.workspace_id, m.id, u.kind, u.text, u.payload, u.reply
        from unnest(${r.map((x) => x.workspaceId)}::uuid[], ${r.map((x) => x.channelId)}::uuid[],
                    ${r.map((x) => x.conversationId)}::uuid[], ${r.map((x) => x.contactId)}::uuid[],
                    ${r.map((x) => x.externalId)}::text[], ${r.map((x) => x.direction)}::text[],
                    ${r.map((x) => x.kind)}::text[], ${r.map((x) => x.text)}::text[],
                    ${r.map((x) => JSON.stringify(x.payload))}::jsonb[], ${r.map((x) => x.replyToExternalId)}::text[]
             ) as u (w, ch, conv, contact, ext, direction, kind, text, payload, reply)
        join message m on m.workspace_id = u.w and m.channel_id = u.ch and m.external_id = u.ext
         and m.conversation_id = u.conv and m.contact_id = u.contact and m.direction = u.direction
       where m.kind = 'media-placeholder' and m.revoked_at is null
       order by m.id for update of m)
    update message m
       set kind = f.kind, text = case when m.edited_at is null then f.text else m.text end, payload = f.payload,
           reply_to_external_id = coalesce(m.reply_to_external_id, f.reply),
           reply_to_id = coalesce(m.reply_to_id, (select q.id from message q
             where q.workspace_id = m.workspace_id and q.channel_id = m.channel_id and q.external_id = f.reply
               and q.conversation_id = m.conversation_id))
      from found f
     where m.workspace_id = f.workspace_id and m.id = f.id
    returning m.id, m.channel_id as "channelId", m.external_id as "externalId"`.execute(tx);
  return rows.flatMap(({ id, channelId, externalId }) => {
    const row = wanted.get(`${channelId}/${externalId}`);
    return row === undefined ? [] : [{ ...row, id }];
  });
};
