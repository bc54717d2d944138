import { sql } from 'kysely';
import { blockIsActive, ContactsMovedError, withHeirs } from '#features/contacts/server/index.ts';
import type { Actor, Tx } from '#platform/server/deps.ts';
import type { BlockCause, BlockReason } from '../contract.ts';

export interface NewBlock {
  readonly id: string;
  readonly contactId: string;
  readonly reason: BlockReason;
  readonly note: string | null;
  /** What the journal puts back was told when it began. */
  readonly cause: Exclude<BlockCause, 'journal'>;
  readonly expiresAt: Date | null;
  readonly upstream: boolean;
}

export interface OpenedBlocks {
  /** Of those that were opened; the end of another has come meanwhile. */
  readonly ids: ReadonlySet<string>;
  /** Contacts that are refused from now on: theirs, and those that have now what theirs left behind. */
  readonly refused: readonly string[];
}

/**
 * Opens blocks and raises the epochs of all whom they refuse: what was accepted before never leaves.
 * @throws ContactsMovedError for a contact that a merge has used up: its identities would stay open
 */
export const insertBlocks = async (
  tx: Tx,
  actor: Actor,
  blocks: readonly NewBlock[],
): Promise<OpenedBlocks> => {
  const { workspaceId } = actor;
  const { rows } = await sql<{ id: string; contactId: string }>`
    with clock as materialized (select clock_timestamp()::timestamptz(3) as now)
    insert into block
      (workspace_id, id, contact_id, reason, note, cause, started_at, expires_at, upstream, started_by_kind, started_by)
    select ${workspaceId}::uuid, u.id, u.contact, u.reason, u.note, u.cause, now, u.until, u.upstream,
           ${actor.kind}, ${actor.id}::uuid
      from unnest(${blocks.map((b) => b.id)}::uuid[], ${blocks.map((b) => b.contactId)}::uuid[],
                  ${blocks.map((b) => b.reason)}::text[], ${blocks.map((b) => b.note)}::text[],
                  ${blocks.map((b) => b.cause)}::text[], ${blocks.map((b) => b.expiresAt)}::timestamptz[],
                  ${blocks.map((b) => b.upstream)}::boolean[]
                 ) as u (id, contact, reason, note, cause, until, upstream), clock
     where coalesce(u.until > now, true)
    returning id, contact_id as "contactId"`.execute(tx);
  const contactIds = rows.map((row) => row.contactId);
  const { rows: raised } =
    contactIds.length === 0
      ? { rows: [] }
      : await sql<{
          id: string;
          isMerged: boolean;
        }>`update contact set block_epoch = block_epoch + 1
          where workspace_id = ${workspaceId}
            and id in (${withHeirs(workspaceId, contactIds)})
        returning id, merged_into is not null and erased_at is null as "isMerged"`.execute(tx);
  if (raised.some(({ id, isMerged }) => isMerged && contactIds.includes(id))) {
    throw new ContactsMovedError('a contact was merged while it was being blocked');
  }
  return { ids: new Set(rows.map((row) => row.id)), refused: raised.map((row) => row.id) };
};

export interface OpenBlockOf extends Omit<NewBlock, 'cause'> {
  readonly isActive: boolean;
}

/** Of each of these contacts the block that nobody lifted yet, whether or not the clock has ended it. */
export const findOpenBlocks = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Map<string, OpenBlockOf>> => {
  const { rows } = await sql<OpenBlockOf>`
    select b.id, b.contact_id as "contactId", b.reason, b.note, b.expires_at as "expiresAt", b.upstream,
           ${blockIsActive} as "isActive"
      from block b
     where b.workspace_id = ${workspaceId} and b.contact_id = any(${[...contactIds]}::uuid[]) and b.lifted_at is null`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.contactId, row]));
};

/**
 * Those of these contacts whose last block somebody lifted, the clock and the product itself left out, and when. That an import was
 * undone says of nobody that they may come in.
 */
export const findLetIn = async (
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<Map<string, Date>> => {
  const { rows } = await sql<{ contactId: string; liftedAt: Date }>`
    select u.id as "contactId", b.lifted_at as "liftedAt"
      from unnest(${[...contactIds]}::uuid[]) as u (id)
     cross join lateral (
       select lifted_at, lifted_by_kind from block
        where workspace_id = ${workspaceId} and contact_id = u.id and not is_undone
        order by started_at desc, id desc limit 1) b
     where b.lifted_by_kind <> 'system'`.execute(tx);
  return new Map(rows.map((row) => [row.contactId, row.liftedAt]));
};
