import { now } from './records.ts';
import type { Setting } from './setting.ts';

export interface StoredMessage {
  readonly id: string;
  readonly externalId: string | null;
  readonly direction: string;
  readonly contactId: string;
  readonly text: string | null;
  readonly status: string;
  readonly errorCode: string | null;
  readonly isRevoked: boolean;
  readonly isOfMergedContact: boolean;
}

/** What the database holds in the end: read in one snapshot. */
export interface Evidence {
  /** The snapshot is not older than this. */
  readonly takenAt: number;
  readonly inbound: ReadonlyMap<string, StoredMessage>;
  readonly outbound: ReadonlyMap<string, StoredMessage>;
  /** Times a WhatsApp id is stored more than once. */
  readonly repeated: number;
  readonly reactions: ReadonlySet<string>;
  /** Of the files that came with messages, by WhatsApp's id of the message. */
  readonly fileStates: ReadonlyMap<string, string>;
  readonly outboundExternalIds: readonly string[];
  readonly droppedHashes: ReadonlySet<string>;
  readonly attempts: number;
  readonly leftInMerged: number;
  readonly deadlocks: number;
}

const messagesSql = `
  select m.id, m.external_id as "externalId", m.direction, m.contact_id as "contactId", m.text, m.status,
         m.error_code as "errorCode", m.revoked_at is not null as "isRevoked",
         c.merged_into is not null as "isOfMergedContact"
    from message m join contact c on c.workspace_id = m.workspace_id and c.id = m.contact_id
   where m.workspace_id = $1 and m.direction in ('in', 'out')`;

const othersSql = `
  select (select coalesce(array_agg(emoji), '{}') from message_reaction where workspace_id = $1 and direction = 'in' and emoji is not null) as reactions,
         (select coalesce(array_agg(encode(item_hash, 'hex')), '{}') from dropped_item where workspace_id = $1) as dropped,
         (select coalesce(sum(attempts), 0)::int from block_attempt where workspace_id = $1) as attempts,
         (select count(*)::int from contact c where c.workspace_id = $1 and c.merged_into is not null and (
            exists (select 1 from contact_identity i where i.workspace_id = $1 and i.contact_id = c.id)
            or exists (select 1 from conversation v where v.workspace_id = $1 and v.contact_id = c.id)
            or exists (select 1 from block b where b.workspace_id = $1 and b.contact_id = c.id))) as merged,
         (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`;

const filesSql = `
  select m.external_id as "externalId", f.state from message_media f
    join message m on m.workspace_id = f.workspace_id and m.id = f.message_id
   where f.workspace_id = $1 and m.direction = 'in'`;

interface Others {
  readonly reactions: string[];
  readonly dropped: string[];
  readonly attempts: number;
  readonly merged: number;
  readonly deadlocks: number;
}

export const readEvidence = async ({ pool, workspaceId }: Setting): Promise<Evidence> => {
  const client = await pool.connect();
  const takenAt = now();
  try {
    await client.query('begin isolation level repeatable read, read only');
    const { rows } = await client.query<StoredMessage>(messagesSql, [workspaceId]);
    const { rows: others } = await client.query<Others>(othersSql, [workspaceId]);
    const { rows: files } = await client.query<{ externalId: string; state: string }>(filesSql, [
      workspaceId,
    ]);
    await client.query('commit');
    const [other] = others;
    if (other === undefined) {
      throw new Error('the database told nothing');
    }
    const inbound = rows.filter((row) => row.direction === 'in');
    const outbound = rows.filter((row) => row.direction === 'out');
    const byExternalId = new Map(inbound.map((row) => [row.externalId ?? row.id, row]));
    return {
      takenAt,
      inbound: byExternalId,
      outbound: new Map(outbound.map((row) => [row.id, row])),
      outboundExternalIds: outbound.flatMap(({ externalId }) => externalId ?? []),
      fileStates: new Map(files.map(({ externalId, state }) => [externalId, state])),
      repeated: inbound.length - byExternalId.size,
      reactions: new Set(other.reactions),
      droppedHashes: new Set(other.dropped),
      attempts: other.attempts,
      leftInMerged: other.merged + rows.filter((row) => row.isOfMergedContact).length,
      deadlocks: other.deadlocks,
    };
  } finally {
    client.release();
  }
};

/** By its name in what the gate remembers of dropped items. */
export const hashOf = ({ keyed }: Setting, channelId: string, wamid: string): string =>
  keyed.hash('dropped-item', `${channelId}/${wamid}`).toString('hex');
