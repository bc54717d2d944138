import { type RawBuilder, sql } from 'kysely';
import {
  blockIsActive,
  displayName,
  type NameRow,
  nameColumns,
  withHeirs,
} from '#features/contacts/server/index.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import { groupBy } from '#platform/shared/group-by.ts';
import type { Block, BlockReason } from '../contract.ts';
import { findUpstream, toUpstream, type UpstreamRow } from './upstream/state-queries.ts';

/** A request to WhatsApp without a recorded end. */
export interface OnWire {
  readonly claimId: string;
  readonly kind: 'send' | 'read';
  readonly messageId: string;
}

/**
 * What is on the wire to any whom a block of these contacts refuses; read in the transaction that locks them, it is all
 * there will ever be.
 */
export const findAllOnWire = async (
  db: Db | Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<OnWire[]> => {
  const { rows } = await sql<OnWire>`
    select id as "claimId", kind, message_id as "messageId" from dispatch_claim
     where workspace_id = ${workspaceId} and ended_at is null
       and contact_id in (${withHeirs(workspaceId, contactIds)})`.execute(db);
  return rows;
};

/** The same for one contact. */
export const findOnWire = (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<OnWire[]> => findAllOnWire(db, workspaceId, [contactId]);

/** Which of these claims have no end yet, whosever they are by now: a merge gives them to another contact. */
export const findWithoutEnd = async (
  db: Db,
  workspaceId: string,
  claimIds: readonly string[],
): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`select id from dispatch_claim
    where workspace_id = ${workspaceId} and id = any(${[...claimIds]}::uuid[]) and ended_at is null`.execute(
    db,
  );
  return new Set(rows.map((row) => row.id));
};

interface BlockRow extends NameRow {
  id: string;
  contactId: string;
  isContactErased: boolean;
  reason: BlockReason;
  note: string | null;
  cause: Block['cause'];
  startedAt: Date;
  startedByKind: string;
  startedBy: string | null;
  startedByName: string | null;
  expiresAt: Date | null;
  endedAt: Date | null;
  liftedByKind: string | null;
  liftedBy: string | null;
  liftedByName: string | null;
  reviewedAt: Date | null;
  wantsUpstream: boolean;
  isActive: boolean;
}

/** Of the table `block` as `b`, with `blockJoins`. */
const blockColumns = sql`
         b.id, b.contact_id as "contactId", ${nameColumns}, c.erased_at is not null as "isContactErased",
         b.reason, b.note, b.cause, b.started_at as "startedAt", b.started_by_kind as "startedByKind",
         b.started_by as "startedBy", coalesce(sm.name, sk.name) as "startedByName", b.expires_at as "expiresAt",
         case when b.lifted_at is null and b.expires_at > clock_timestamp() then null
              else least(b.lifted_at, b.expires_at) end as "endedAt",
         b.lifted_by_kind as "liftedByKind", b.lifted_by as "liftedBy", coalesce(lm.name, lk.name) as "liftedByName",
         b.reviewed_at as "reviewedAt", b.upstream as "wantsUpstream", ${blockIsActive} as "isActive"`;

const blockJoins = sql`
    join contact c on c.workspace_id = b.workspace_id and c.id = b.contact_id
    left join member sm on sm.workspace_id = b.workspace_id and sm.id = b.started_by
    left join api_key sk on sk.workspace_id = b.workspace_id and sk.id = b.started_by
    left join member lm on lm.workspace_id = b.workspace_id and lm.id = b.lifted_by
    left join api_key lk on lk.workspace_id = b.workspace_id and lk.id = b.lifted_by`;

const whoever = (
  kind: string | null,
  id: string | null,
  name: string | null,
): Block['startedBy'] => (kind === null || kind === 'system' ? null : { id, name: name ?? '—' });

interface AttemptRow {
  readonly blockId: string;
  readonly kind: string;
  readonly attempts: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

const attemptsOf = (rows: readonly AttemptRow[]): Block['attempts'] => {
  const [first] = rows.map((row) => row.firstAt.toISOString()).sort();
  const last = rows
    .map((row) => row.lastAt.toISOString())
    .sort()
    .at(-1);
  return {
    total: rows.reduce((sum, row) => sum + row.attempts, 0),
    byKind: Object.fromEntries(rows.map((row) => [row.kind, row.attempts])),
    firstAt: first ?? null,
    lastAt: last ?? null,
  };
};

const toBlock = (
  row: BlockRow,
  attempts: readonly AttemptRow[],
  upstream: readonly UpstreamRow[],
): Block => ({
  id: row.id,
  contactId: row.contactId,
  contactName: displayName(row),
  contactPhone: row.phone === null ? null : `+${row.phone}`,
  isContactErased: row.isContactErased,
  reason: row.reason,
  note: row.note,
  cause: row.cause,
  startedAt: row.startedAt.toISOString(),
  startedBy: whoever(row.startedByKind, row.startedBy, row.startedByName),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  liftedBy: whoever(row.liftedByKind, row.liftedBy, row.liftedByName),
  reviewedAt: row.reviewedAt?.toISOString() ?? null,
  isActive: row.isActive,
  wantsUpstream: row.wantsUpstream,
  attempts: attemptsOf(attempts),
  upstream: toUpstream(upstream, row),
});

/**
 * All that is shown of these blocks, in no order; one that is gone by now is left out. Three statements that need nothing of one
 * another, each the same for all lists, so that PostgreSQL keeps their plans (decisions 0059 and 0063).
 * @param blockIds an array of their ids
 * @param contactIds an array of whose they are, where that is known
 */
export const findBlocks = async (
  db: Db | Tx,
  workspaceId: string,
  blockIds: RawBuilder<unknown>,
  contactIds: RawBuilder<unknown> = sql`array(select o.contact_id from block o
    where o.workspace_id = ${workspaceId} and o.id = any(${blockIds}))`,
): Promise<Block[]> => {
  const [blocks, attempts, upstream] = await Promise.all([
    sql<BlockRow>`select ${blockColumns} from block b ${blockJoins}
      where b.workspace_id = ${workspaceId} and b.id = any(${blockIds})`.execute(db),
    sql<AttemptRow>`select a.block_id as "blockId", a.kind, a.attempts, a.first_at as "firstAt", a.last_at as "lastAt"
      from block_attempt a where a.workspace_id = ${workspaceId} and a.block_id = any(${blockIds})`.execute(
      db,
    ),
    findUpstream(db, workspaceId, contactIds),
  ]);
  const attemptsBy = groupBy(attempts.rows, ({ blockId }) => blockId);
  return blocks.rows.map((row) =>
    toBlock(row, attemptsBy.get(row.id) ?? [], upstream.get(row.contactId) ?? []),
  );
};

export const findBlock = async (
  db: Db | Tx,
  workspaceId: string,
  blockId: string,
): Promise<Block | null> => {
  const [block] = await findBlocks(db, workspaceId, sql`array[${blockId}::uuid]`);
  return block ?? null;
};

export const findActiveBlock = async (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<Block | null> => {
  const ids = sql`array(select b.id from block b
    where b.workspace_id = ${workspaceId} and b.contact_id = ${contactId} and ${blockIsActive} limit 1)`;
  const [block] = await findBlocks(db, workspaceId, ids);
  return block?.isActive === true ? block : null;
};
