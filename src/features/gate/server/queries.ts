import { type RawBuilder, sql } from 'kysely';
import {
  blockIsActive,
  displayName,
  type NameRow,
  nameColumns,
  withHeirs,
} from '#features/contacts/server/index.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { Block, BlockReason } from '../contract.ts';
import { toUpstream, type UpstreamRow, upstreamOfBlock } from './upstream/state-queries.ts';

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

export interface BlockRow extends NameRow {
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
  attempts: { kind: string; attempts: number; firstAt: string; lastAt: string }[] | null;
  upstream: UpstreamRow[] | null;
}

/** Of the table `block` as `b`, with `blockJoins`. */
export const blockColumns = sql`
         b.id, b.contact_id as "contactId", ${nameColumns}, c.erased_at is not null as "isContactErased",
         b.reason, b.note, b.cause, b.started_at as "startedAt", b.started_by_kind as "startedByKind",
         b.started_by as "startedBy", coalesce(sm.name, sk.name) as "startedByName", b.expires_at as "expiresAt",
         case when b.lifted_at is null and b.expires_at > clock_timestamp() then null
              else least(b.lifted_at, b.expires_at) end as "endedAt",
         b.lifted_by_kind as "liftedByKind", b.lifted_by as "liftedBy", coalesce(lm.name, lk.name) as "liftedByName",
         b.reviewed_at as "reviewedAt", b.upstream as "wantsUpstream", ${blockIsActive} as "isActive",
         (select jsonb_agg(jsonb_build_object('kind', a.kind, 'attempts', a.attempts,
                   'firstAt', a.first_at, 'lastAt', a.last_at))
            from block_attempt a where a.workspace_id = b.workspace_id and a.block_id = b.id) as attempts,
         case when ${blockIsActive} then ${upstreamOfBlock} end as upstream`;

export const blockJoins = sql`
    join contact c on c.workspace_id = b.workspace_id and c.id = b.contact_id
    left join member sm on sm.workspace_id = b.workspace_id and sm.id = b.started_by
    left join api_key sk on sk.workspace_id = b.workspace_id and sk.id = b.started_by
    left join member lm on lm.workspace_id = b.workspace_id and lm.id = b.lifted_by
    left join api_key lk on lk.workspace_id = b.workspace_id and lk.id = b.lifted_by`;

const selectBlock = (where: RawBuilder<unknown>): RawBuilder<BlockRow> => sql<BlockRow>`
  select ${blockColumns} from block b ${blockJoins} where ${where} limit 1`;

const whoever = (
  kind: string | null,
  id: string | null,
  name: string | null,
): Block['startedBy'] => (kind === null || kind === 'system' ? null : { id, name: name ?? '—' });

const attemptsOf = (rows: BlockRow['attempts']): Block['attempts'] => {
  const all = rows ?? [];
  const iso = (text: string) => new Date(text).toISOString();
  const first = all.map((row) => iso(row.firstAt)).sort()[0];
  const last = all
    .map((row) => iso(row.lastAt))
    .sort()
    .at(-1);
  return {
    total: all.reduce((sum, row) => sum + row.attempts, 0),
    byKind: Object.fromEntries(all.map((row) => [row.kind, row.attempts])),
    firstAt: first ?? null,
    lastAt: last ?? null,
  };
};

export const toBlock = (row: BlockRow): Block => ({
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
  attempts: attemptsOf(row.attempts),
  upstream: toUpstream(row.upstream, row.isActive),
});

export const findBlock = async (
  db: Db,
  workspaceId: string,
  blockId: string,
): Promise<Block | null> => {
  const { rows } = await selectBlock(
    sql`b.workspace_id = ${workspaceId} and b.id = ${blockId}`,
  ).execute(db);
  return rows[0] === undefined ? null : toBlock(rows[0]);
};

export const findActiveBlock = async (
  db: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<Block | null> => {
  const { rows } = await selectBlock(
    sql`b.workspace_id = ${workspaceId} and b.contact_id = ${contactId} and ${blockIsActive}`,
  ).execute(db);
  return rows[0] === undefined ? null : toBlock(rows[0]);
};
