import { sql } from 'kysely';
import { type BlockImpact, type WayToSend, waysToSend } from '#features/gate/server/index.ts';
import type { Db } from '#platform/server/deps.ts';

type Count = (db: Db, workspaceId: string, contactId: string) => Promise<number>;

const countMessages: Count = async (db, workspaceId, contactId) => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
      from conversation v
      join message m on m.workspace_id = v.workspace_id and m.conversation_id = v.id
     where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId}
       and m.direction = 'out' and m.status in ('queued', 'sending')`.execute(db);
  return rows[0]?.count ?? 0;
};

/** One job a conversation, by its key (mark-read.ts); or its request is on the wire. */
const countReadMarks: Count = async (db, workspaceId, contactId) => {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from conversation v
              join graphile_worker.jobs j on j.key = 'mark-read:' || v.id
             where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId}
               and j.attempts < j.max_attempts)::int
         + (select count(*) from dispatch_claim d
             where d.workspace_id = ${workspaceId} and d.contact_id = ${contactId} and d.kind = 'read'
               and d.ended_at is null and d.deadline > clock_timestamp())::int as count`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
};

/** Each way to send has its count here, or this does not compile. */
const counts: Readonly<Record<WayToSend, Count>> = {
  message: countMessages,
  'read-mark': countReadMarks,
};

type Layer = BlockImpact['channels'][number]['layer'];

interface ChannelRow {
  readonly channelId: string;
  readonly channelName: string;
  readonly isOpen: boolean;
  readonly isConnected: boolean;
  readonly isOn: boolean;
  readonly hasAddress: boolean;
  readonly isWithinDay: boolean;
}

/** As `gate/server/upstream/` asks WhatsApp for a block, and as WhatsApp answers (docs/whatsapp-cloud-api.md, 1). */
const layerOf = (row: ChannelRow): Layer => {
  if (!row.isConnected) {
    return 'not-connected';
  }
  if (!row.isOn) {
    return 'off';
  }
  if (!row.hasAddress) {
    return 'not-supported';
  }
  return row.isWithinDay ? 'now' : 'later';
};

const findChannels = async (
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<BlockImpact['channels']> => {
  const { rows } = await sql<ChannelRow>`
    select ch.id as "channelId", ch.name as "channelName", v.status = 'open' as "isOpen",
           ch.disconnected_at is null as "isConnected", ch.upstream_blocks as "isOn",
           exists (select 1 from contact_identity i where i.workspace_id = v.workspace_id
              and i.contact_id = v.contact_id and not i.is_former and i.kind in ('phone', 'bsuid')) as "hasAddress",
           coalesce(v.last_inbound_at > clock_timestamp() - interval '24 hours', false) as "isWithinDay"
      from conversation v
      join channel ch on ch.workspace_id = v.workspace_id and ch.id = v.channel_id
     where v.workspace_id = ${workspaceId} and v.contact_id = ${contactId}
     order by ch.created_at, ch.id`.execute(db);
  return rows.map((row) => {
    const { channelId, channelName, isOpen } = row;
    return { channelId, channelName, isOpen, layer: layerOf(row) };
  });
};

/** What a block of this contact would stop. */
export const findBlockImpact = async (
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<BlockImpact> => {
  const waiting: BlockImpact['waiting'] = [];
  for (const way of waysToSend) {
    waiting.push({ way, count: await counts[way](db, workspaceId, contactId) });
  }
  return { channels: await findChannels(db, workspaceId, contactId), waiting };
};
