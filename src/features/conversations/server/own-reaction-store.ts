import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { MessageStatus } from '../contract.ts';

/** A message row whose status has just changed, as far as a reaction is concerned. */
export interface OwnReaction {
  readonly kind: string;
  readonly status: MessageStatus;
  readonly workspaceId: string;
  readonly targetId: string | null;
  readonly contactId: string;
  /** The emoji; null takes ours back. */
  readonly text: string | null;
  readonly at: Date;
}

/** To return from an update of the message that is called `m` there. */
export const ownReaction = sql`m.kind, m.status, m.workspace_id as "workspaceId", m.reply_to_id as "targetId",
  m.contact_id as "contactId", case when m.kind = 'reaction' then m.text end as text, m.at`;

const hasLeft = new Set<MessageStatus>(['sent', 'delivered', 'read', 'played']);

const hide = async (
  tx: Tx,
  { workspaceId, targetId, at }: Pick<OwnReaction, 'workspaceId' | 'targetId' | 'at'>,
): Promise<void> => {
  await sql`delete from message_reaction where workspace_id = ${workspaceId} and message_id = ${targetId}
    and direction = 'out' and at = ${at}`.execute(tx);
};

/**
 * A reaction of ours is shown at its message once the channel has taken it, whichever way we learn that: by the answer, a
 * status or a person; no longer once we learn that it failed after all. A later one stands, in whatever order they are
 * told.
 */
export const showReactions = async (tx: Tx, changed: readonly OwnReaction[]): Promise<void> => {
  for (const { kind, status, workspaceId, targetId, contactId, text, at } of changed) {
    if (kind === 'reaction' && status === 'failed') {
      await hide(tx, { workspaceId, targetId, at });
    }
    if (kind !== 'reaction' || targetId === null || !hasLeft.has(status)) {
      continue;
    }
    await sql`insert into message_reaction as r (workspace_id, message_id, contact_id, direction, emoji, at)
      select workspace_id, id, ${contactId}, 'out', ${text}, ${at} from message
       where workspace_id = ${workspaceId} and id = ${targetId} and removed_at is null
         and (revoked_at is null or ${text}::text is null)
      on conflict (workspace_id, message_id, direction) do update
        set emoji = excluded.emoji, at = excluded.at where r.at <= excluded.at`.execute(tx);
  }
};
