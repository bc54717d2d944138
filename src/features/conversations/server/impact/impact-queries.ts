import { sql } from 'kysely';
import { blockIsActive } from '#features/contacts/server/index.ts';
import {
  type BlockImpact,
  type BulkImpact,
  isListFull,
  speaksHere,
  type WayToSend,
  waysToSend,
} from '#features/gate/server/index.ts';
import type { Db } from '#platform/server/deps.ts';

type Count = (db: Db, workspaceId: string, contactIds: readonly string[]) => Promise<number>;

const countMessages: Count = async (db, workspaceId, contactIds) => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
      from conversation v
      join message m on m.workspace_id = v.workspace_id and m.conversation_id = v.id
     where v.workspace_id = ${workspaceId} and v.contact_id = any(${[...contactIds]}::uuid[])
       and m.direction = 'out' and m.status in ('queued', 'sending')`.execute(db);
  return rows[0]?.count ?? 0;
};

/** One job a conversation, by its key (mark-read.ts); or its request is on the wire. */
const countReadMarks: Count = async (db, workspaceId, contactIds) => {
  const ids = [...contactIds];
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from conversation v
              join graphile_worker.jobs j on j.key = 'mark-read:' || v.id
             where v.workspace_id = ${workspaceId} and v.contact_id = any(${ids}::uuid[])
               and j.attempts < j.max_attempts)::int
         + (select count(*) from dispatch_claim d
             where d.workspace_id = ${workspaceId} and d.contact_id = any(${ids}::uuid[]) and d.kind = 'read'
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
  /** Null without a conversation. */
  readonly isOpen: boolean | null;
  readonly isConnected: boolean;
  readonly isOn: boolean;
  readonly hasAddress: boolean;
  readonly isWithinDay: boolean;
  /** Somebody who is to be on the list found no room on it, and waits. */
  readonly isFull: boolean;
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
  if (!row.isWithinDay) {
    return 'later';
  }
  return row.isFull ? 'full' : 'now';
};

/**
 * A row for each of them and each number through which they speak, by the age of the number. Whoever was dropped there
 * wrote all the same, which is what WhatsApp goes by.
 */
const findPlaces = async (
  db: Db,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<ChannelRow[]> => {
  const { rows } = await sql<ChannelRow>`
    select ch.id as "channelId", ch.name as "channelName", v.status = 'open' as "isOpen",
           ch.disconnected_at is null as "isConnected", ch.upstream_blocks as "isOn",
           exists (select 1 from contact_identity i where i.workspace_id = c.workspace_id
              and i.contact_id = c.id and not i.is_former and i.kind in ('phone', 'bsuid')) as "hasAddress",
           coalesce(greatest(v.last_inbound_at, h.asked_at) > clock_timestamp() - interval '24 hours', false)
             as "isWithinDay",
           ${isListFull} as "isFull"
      from contact c
      join channel ch on ch.workspace_id = c.workspace_id
      left join conversation v on v.workspace_id = c.workspace_id and v.channel_id = ch.id and v.contact_id = c.id
      left join upstream_heal h on h.workspace_id = c.workspace_id and h.channel_id = ch.id and h.contact_id = c.id
     where c.workspace_id = ${workspaceId} and c.id = any(${[...contactIds]}::uuid[]) and ${speaksHere}
     order by ch.created_at, ch.id, v.id, c.id`.execute(db);
  return rows;
};

const countWaiting = async (
  db: Db,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<BlockImpact['waiting']> => {
  const waiting: BlockImpact['waiting'] = [];
  for (const way of waysToSend) {
    waiting.push({ way, count: await counts[way](db, workspaceId, contactIds) });
  }
  return waiting;
};

/** What a block of this contact would stop. */
export const findBlockImpact = async (
  db: Db,
  workspaceId: string,
  contactId: string,
): Promise<BlockImpact> => {
  const waiting = await countWaiting(db, workspaceId, [contactId]);
  const places = await findPlaces(db, workspaceId, [contactId]);
  const channels = places.map((place) => {
    const { channelId, channelName, isOpen } = place;
    return { channelId, channelName, isOpen, layer: layerOf(place) };
  });
  return { channels, waiting };
};

interface Named {
  readonly id: string;
  readonly isBlocked: boolean;
}

/** Those of them that a block could be of. */
const findNamed = async (
  db: Db,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Named[]> => {
  const { rows } = await sql<Named>`
    select c.id, exists (select 1 from block b where b.workspace_id = c.workspace_id and b.contact_id = c.id
             and ${blockIsActive}) as "isBlocked"
      from contact c
     where c.workspace_id = ${workspaceId} and c.id = any(${[...contactIds]}::uuid[])
       and c.merged_into is null and c.erased_at is null`.execute(db);
  return rows;
};

type OfChannel = BulkImpact['channels'][number];

const byChannel = (places: readonly ChannelRow[]): OfChannel[] => {
  const channels = new Map<string, OfChannel>();
  for (const place of places) {
    const { channelId, channelName, isOpen } = place;
    const none = { channelId, channelName, open: 0, resolved: 0, layers: [] };
    const channel: OfChannel = channels.get(channelId) ?? none;
    channels.set(channelId, channel);
    if (isOpen !== null) {
      channel[isOpen ? 'open' : 'resolved'] += 1;
    }
    const layer = layerOf(place);
    const counted = channel.layers.find((each) => each.layer === layer);
    if (counted === undefined) {
      channel.layers.push({ layer, count: 1 });
    } else {
      counted.count += 1;
    }
  }
  return [...channels.values()];
};

/** What blocking all of these would stop; whoever is blocked already loses nothing by it. */
export const findBulkImpact = async (
  db: Db,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<BulkImpact> => {
  const named = await findNamed(db, workspaceId, contactIds);
  const ids = named.filter(({ isBlocked }) => !isBlocked).map(({ id }) => id);
  return {
    contacts: ids.length,
    blockedAlready: named.length - ids.length,
    channels: byChannel(await findPlaces(db, workspaceId, ids)),
    waiting: await countWaiting(db, workspaceId, ids),
  };
};
