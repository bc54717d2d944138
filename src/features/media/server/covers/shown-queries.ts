import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '#platform/server/deps.ts';

/** Who reads. Of all screens at once nobody has asked to see anything, and some have everything covered. */
export type Viewer = Actor | 'everybody' | 'everybody-covered';

/**
 * What may be shown of messages to this viewer, to stand where a table does. What came with covered media says nothing until this
 * very viewer has asked for that file; the database decides (`shown_message_to`).
 */
export const shownTo = (viewer: Viewer): RawBuilder<unknown> => {
  if (typeof viewer === 'string') {
    const coversAll = sql.lit(viewer === 'everybody-covered');
    return sql`shown_message_to(null, null, null, ${coversAll})`;
  }
  const { workspaceId, kind, id } = viewer;
  return sql`shown_message_to(${workspaceId}::uuid, ${kind}::text, ${id}::uuid, null)`;
};

/**
 * Whether this actor has all media covered that comes in: of the message `m`, beside what is covered for everybody. Keys see
 * what the workspace lets them.
 */
export const isCoveredByChoice = ({ workspaceId, kind, id }: Actor): RawBuilder<boolean> =>
  kind === 'member'
    ? sql<boolean>`(m.direction = 'in' and m.kind in ('image', 'sticker', 'video', 'document') and exists (
        select 1 from media_cover_choice h where h.workspace_id = ${workspaceId} and h.member_id = ${id}))`
    : sql<boolean>`false`;
