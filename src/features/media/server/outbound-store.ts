import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { MediaKind } from '../contract.ts';
import type { StoredMedia } from './media-store.ts';
import { type Withholding, withheldFrom } from './withheld-queries.ts';

/** The file of a message that waits to be sent. */
export interface OutboundFile {
  readonly workspaceId: string;
  readonly kind: MediaKind;
  readonly sha256: Buffer;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly fileName: string | null;
  /** What the channel calls it; null while it does not have it, or not for long. */
  readonly providerMediaId: string | null;
}

export const findFileToSend = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<OutboundFile | undefined> => {
  const { rows } = await sql<OutboundFile>`
    select m.workspace_id as "workspaceId", m.kind, x.sha256, x.mime_type as "mimeType", x.size_bytes as "sizeBytes",
           x.file_name as "fileName", f.provider_media_id as "providerMediaId"
      from message m
      join message_media x on x.workspace_id = m.workspace_id and x.message_id = m.id and x.state = 'ready'
      left join channel_file f on f.workspace_id = m.workspace_id and f.channel_id = m.channel_id
           and f.sha256 = x.sha256 and f.mime_type = x.mime_type and f.expires_at > clock_timestamp()
     where m.workspace_id = ${workspaceId} and m.id = ${messageId}`.execute(tx);
  return rows[0];
};

/** Of a file that is here still: what was removed during its upload is named by nobody. */
export const rememberChannelFile = async (
  tx: Tx,
  file: Pick<OutboundFile, 'workspaceId' | 'sha256' | 'mimeType'> & { readonly channelId: string },
  { mediaId, goodForMs }: { readonly mediaId: string; readonly goodForMs: number },
): Promise<void> => {
  await sql`insert into channel_file (workspace_id, channel_id, sha256, mime_type, provider_media_id, expires_at)
    select f.workspace_id, ${file.channelId}, f.sha256, ${file.mimeType}, ${mediaId},
           clock_timestamp() + ${goodForMs}::float8 * interval '1 millisecond'
      from stored_file f where f.workspace_id = ${file.workspaceId} and f.sha256 = ${file.sha256}
    on conflict (workspace_id, channel_id, sha256, mime_type) do update
       set provider_media_id = excluded.provider_media_id, expires_at = excluded.expires_at`.execute(
    tx,
  );
};

/** The channel does not know it by that name any more: the next message hands it over anew. */
export const forgetChannelFile = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
): Promise<void> => {
  await sql`delete from channel_file f using message m, message_media x
     where m.workspace_id = ${workspaceId} and m.id = ${messageId}
       and x.workspace_id = m.workspace_id and x.message_id = m.id
       and f.workspace_id = m.workspace_id and f.channel_id = m.channel_id and f.sha256 = x.sha256
       and f.mime_type = x.mime_type`.execute(tx);
};

export interface OutboundMediaRow extends StoredMedia {
  readonly fileName: string | null;
  /** A copy of what is covered is covered as well. */
  readonly isCovered: boolean;
}

export const insertOutboundMedia = async (
  tx: Tx,
  workspaceId: string,
  messageId: string,
  media: OutboundMediaRow,
): Promise<void> => {
  await sql`insert into message_media (workspace_id, message_id, state, file_name, sha256, mime_type, size_bytes, width,
                                       height, duration_seconds, is_animated, thumbnail_sha256, is_covered)
    values (${workspaceId}, ${messageId}, 'ready', ${media.fileName}, ${media.sha256}, ${media.mimeType},
            ${media.sizeBytes}, ${media.width}, ${media.height}, ${media.durationSeconds}, ${media.isAnimated},
            ${media.thumbnailSha256}, ${media.isCovered})`.execute(tx);
};

/** The file of a message, if it is here, and why it is withheld from this actor. */
export const findStoredMedia = async (
  tx: Tx,
  actor: Actor,
  messageId: string,
): Promise<(OutboundMediaRow & { readonly withheld: Withholding | null }) | undefined> => {
  const { rows } = await sql<OutboundMediaRow & { readonly withheld: Withholding | null }>`
    select x.file_name as "fileName", x.sha256, x.mime_type as "mimeType", x.size_bytes as "sizeBytes", x.width,
           x.height, x.duration_seconds as "durationSeconds", x.is_animated as "isAnimated",
           x.thumbnail_sha256 as "thumbnailSha256", x.is_covered as "isCovered", ${withheldFrom(actor)} as withheld
      from message_media x
      join message m on m.workspace_id = x.workspace_id and m.id = x.message_id
     where x.workspace_id = ${actor.workspaceId} and x.message_id = ${messageId} and x.state = 'ready'`.execute(
    tx,
  );
  return rows[0];
};
