import { type RawBuilder, sql } from 'kysely';
import type { Actor, Db } from '#platform/server/deps.ts';
import type { Media } from '../contract.ts';
import { type Withholding, withheldFrom } from './withheld-queries.ts';

/**
 * For reads of what is shown (`shownTo`): the file of the message that is called `m` there; null too when it is withheld. What
 * its sender said of it is not told to whoever has not asked to see it.
 */
export const mediaOfMessage: RawBuilder<Media | null> = sql`(
  select jsonb_build_object(
           'state', x.state, 'reason', x.reason, 'sizeBytes', x.size_bytes,
           'mimeType', coalesce(x.mime_type, case when not m.is_media_withheld then x.provider_mime end),
           'fileName', case when not m.is_media_withheld then x.file_name end, 'width', x.width, 'height', x.height,
           'durationSeconds', x.duration_seconds, 'hasThumbnail', x.thumbnail_sha256 is not null,
           'isAnimated', x.is_animated, 'isCovered', m.is_media_covered, 'isWithheld', m.is_media_withheld,
           'hasPlaceholder', m.is_media_withheld and x.thumbnail_sha256 is not null and exists (
             select 1 from media_cover_setting s where s.workspace_id = m.workspace_id and s.placeholder = 'blur'))
    from message_media x where x.workspace_id = m.workspace_id and x.message_id = m.id and m.withheld is null)`;

/** A file that may be served to whoever may read its message. */
export interface ServedFile {
  readonly state: Media['state'];
  readonly sha256: Buffer | null;
  readonly mimeType: string | null;
  readonly sizeBytes: number | null;
  readonly fileName: string | null;
  readonly thumbnailSha256: Buffer | null;
  readonly thumbnailBytes: number | null;
  /** Why this actor is not given it; null when they are. */
  readonly withheld: Withholding | null;
}

export const findServedFile = async (
  db: Db,
  actor: Actor,
  messageId: string,
): Promise<ServedFile | undefined> => {
  const { rows } = await sql<ServedFile>`
    select x.state, x.sha256, x.mime_type as "mimeType", x.size_bytes as "sizeBytes", x.file_name as "fileName",
           x.thumbnail_sha256 as "thumbnailSha256", t.size_bytes as "thumbnailBytes",
           ${withheldFrom(actor)} as withheld
      from message_media x
      join message m on m.workspace_id = x.workspace_id and m.id = x.message_id and m.revoked_at is null
      left join stored_file t on t.workspace_id = x.workspace_id and t.sha256 = x.thumbnail_sha256
     where x.workspace_id = ${actor.workspaceId} and x.message_id = ${messageId}`.execute(db);
  return rows[0];
};
