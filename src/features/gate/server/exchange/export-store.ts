import { sql } from 'kysely';
import type { Actor, Db, Tx } from '#platform/server/deps.ts';
import type { BlockReason } from '../../contract.ts';
import type { ExchangeExport } from '../../exchange/contract.ts';
import type { ListEntry } from './list-file.ts';

interface NewExport {
  readonly id: string;
  readonly sealedKey: string;
  readonly keyCheck: Buffer;
}

/** The numbers of everybody who is blocked now, or one more than there may be. @returns how many */
export const insertExport = async (
  tx: Tx,
  actor: Actor,
  made: NewExport,
  most: number,
): Promise<number> => {
  const { workspaceId } = actor;
  await sql`insert into exchange_export
      (workspace_id, id, sealed_key, key_check, entry_count, created_by_kind, created_by)
    values (${workspaceId}, ${made.id}, ${made.sealedKey}, ${made.keyCheck}, 0, ${actor.kind}, ${actor.id}::uuid)`.execute(
    tx,
  );
  const { numAffectedRows } = await sql`
    insert into exchange_export_entry (workspace_id, export_id, match_key, reason)
    select b.workspace_id, ${made.id}::uuid, i.match_key, min(b.reason)
      from block b
      join contact_identity i on i.workspace_id = b.workspace_id and i.contact_id = b.contact_id
     where b.workspace_id = ${workspaceId} and i.kind = 'phone' and b.lifted_at is null
       and (b.expires_at is null or b.expires_at > clock_timestamp())
     group by 1, 3 limit ${sql.lit(most + 1)}`.execute(tx);
  const count = Number(numAffectedRows ?? 0n);
  await sql`update exchange_export set entry_count = ${count}
    where workspace_id = ${workspaceId} and id = ${made.id}`.execute(tx);
  return count;
};

type ExportRow = Omit<ExchangeExport, 'createdAt'> & { readonly createdAt: Date };

const selectExports = (workspaceId: string) => sql`
  select x.id, x.state, x.entry_count as entries, x.created_at as "createdAt",
         (select count(*)::int from exchange_export_entry e where e.workspace_id = x.workspace_id and e.export_id = x.id
             and e.stretched is not null) as done
    from exchange_export x where x.workspace_id = ${workspaceId}`;

const toExport = (row: ExportRow): ExchangeExport => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});

export const findExports = async (db: Db, workspaceId: string): Promise<ExchangeExport[]> => {
  const { rows } = await sql<ExportRow>`${selectExports(workspaceId)}
    order by x.created_at desc, x.id desc limit 50`.execute(db);
  return rows.map(toExport);
};

export const findExport = async (
  db: Db | Tx,
  workspaceId: string,
  id: string,
): Promise<ExchangeExport | undefined> => {
  const { rows } = await sql<ExportRow>`${selectExports(workspaceId)} and x.id = ${id}`.execute(db);
  return rows[0] === undefined ? undefined : toExport(rows[0]);
};

export const findSealedKey = async (
  db: Db,
  workspaceId: string,
  id: string,
): Promise<string | undefined> => {
  const { rows } = await sql<{
    sealedKey: string | null;
  }>`select sealed_key as "sealedKey" from exchange_export
    where workspace_id = ${workspaceId} and id = ${id}`.execute(db);
  return rows[0]?.sealedKey ?? undefined;
};

export const findUnstretched = async (
  db: Db,
  workspaceId: string,
  id: string,
  limit: number,
): Promise<string[]> => {
  const { rows } = await sql<{
    matchKey: string;
  }>`select match_key as "matchKey" from exchange_export_entry
    where workspace_id = ${workspaceId} and export_id = ${id} and stretched is null
    order by match_key limit ${sql.lit(limit)}`.execute(db);
  return rows.map(({ matchKey }) => matchKey);
};

export const keepStretched = async (
  db: Db,
  workspaceId: string,
  id: string,
  entries: readonly { readonly matchKey: string; readonly stretched: Buffer }[],
): Promise<void> => {
  await sql`update exchange_export_entry e set stretched = u.s
      from unnest(${entries.map((e) => e.matchKey)}::text[], ${entries.map((e) => e.stretched)}::bytea[]) as u (k, s)
     where e.workspace_id = ${workspaceId} and e.export_id = ${id} and e.match_key = u.k`.execute(
    db,
  );
};

/** Its key is forgotten. */
export const markExportReady = async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
  await sql`update exchange_export set state = 'ready', sealed_key = null
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
};

const pieceSize = 5_000;

/** By what they stretch to, which tells nothing of who they are. */
export async function* everyEntry(
  db: Db,
  workspaceId: string,
  id: string,
): AsyncIterable<ListEntry> {
  let after = Buffer.alloc(0);
  for (;;) {
    const { rows } = await sql<{ stretched: Buffer; reason: BlockReason }>`
      select stretched, reason from exchange_export_entry
       where workspace_id = ${workspaceId} and export_id = ${id} and stretched > ${after}
       order by stretched limit ${sql.lit(pieceSize)}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pieceSize) return;
    after = Buffer.from(last.stretched);
  }
}

/** A list is for fetching it; after a day it is gone. */
export const forgetOldExports = async (tx: Tx): Promise<void> => {
  await sql`delete from exchange_export where created_at < clock_timestamp() - interval '24 hours'`.execute(
    tx,
  );
};
