import { sql } from 'kysely';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { MediaKind } from '../contract.ts';
import type { StoredMedia } from './media-store.ts';

export interface UploadRow extends StoredMedia {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: MediaKind;
  readonly fileName: string | null;
}

export const insertUpload = async (tx: Tx, actor: Actor, row: UploadRow): Promise<void> => {
  await sql`insert into upload (workspace_id, id, actor_kind, actor_id, kind, file_name, sha256, mime_type, size_bytes,
                                width, height, duration_seconds, is_animated, thumbnail_sha256)
    values (${row.workspaceId}, ${row.id}, ${actor.kind}, ${actor.id}, ${row.kind}, ${row.fileName}, ${row.sha256},
            ${row.mimeType}, ${row.sizeBytes}, ${row.width}, ${row.height}, ${row.durationSeconds},
            ${row.isAnimated}, ${row.thumbnailSha256})`.execute(tx);
};

/** Only whoever put it here can send it. */
export const findUpload = async (
  tx: Tx,
  actor: Actor,
  uploadId: string,
): Promise<UploadRow | undefined> => {
  const { rows } = await sql<UploadRow>`
    select workspace_id as "workspaceId", id, kind, file_name as "fileName", sha256, mime_type as "mimeType",
           size_bytes as "sizeBytes", width, height, duration_seconds as "durationSeconds",
           is_animated as "isAnimated", thumbnail_sha256 as "thumbnailSha256"
      from upload
     where workspace_id = ${actor.workspaceId} and id = ${uploadId} and actor_kind = ${actor.kind}
       and actor_id = ${actor.id}`.execute(tx);
  return rows[0];
};

/** What was sent lives on by its message; the rest had a day. */
export const deleteOldUploads = async (tx: Tx): Promise<void> => {
  await sql`delete from upload where created_at < clock_timestamp() - interval '1 day'`.execute(tx);
};

/** Those with these bytes, unless a message has them too. @returns the files that they named */
export const deleteUploadsOf = async (
  tx: Tx,
  workspaceId: string,
  files: readonly Buffer[],
): Promise<Buffer[]> => {
  const hex = files.map((file) => file.toString('hex'));
  const { rows } = await sql<{ sha256: Buffer; thumbnail: Buffer | null }>`
    delete from upload u
     where u.workspace_id = ${workspaceId}
       and u.sha256 = any(array(select decode(h, 'hex') from unnest(${hex}::text[]) h))
       and not exists (select 1 from message_media x where x.workspace_id = u.workspace_id and x.sha256 = u.sha256)
    returning u.sha256, u.thumbnail_sha256 as thumbnail`.execute(tx);
  // What stays for the sake of another message does not say what the file was called.
  await sql`update upload set file_name = null
     where workspace_id = ${workspaceId} and file_name is not null
       and sha256 = any(array(select decode(h, 'hex') from unnest(${hex}::text[]) h))`.execute(tx);
  return rows.flatMap(({ sha256, thumbnail }) => [sha256, thumbnail].filter((f) => f !== null));
};
