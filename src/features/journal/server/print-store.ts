import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';

export interface RemovedPrint {
  readonly kind: 'exact' | 'perceptual';
  readonly hash: Buffer;
}

export interface PrintOf extends RemovedPrint {
  readonly requestId: string;
}

export const insertPrints = async (
  tx: Tx,
  workspaceId: string,
  requestId: string,
  prints: readonly RemovedPrint[],
): Promise<void> => {
  await sql`insert into journal_print (workspace_id, request_id, kind, hash)
    select ${workspaceId}::uuid, ${requestId}::uuid, u.kind, decode(u.hash, 'hex')
      from unnest(${prints.map(({ kind }) => kind)}::text[],
                  ${prints.map(({ hash }) => hash.toString('hex'))}::text[]) as u (kind, hash)
     order by u.kind, u.hash
    on conflict do nothing`.execute(tx);
};

/** Whichever request removed it. */
export const deletePrint = async (
  tx: Tx,
  workspaceId: string,
  { kind, hash }: RemovedPrint,
): Promise<void> => {
  await sql`delete from journal_print
    where workspace_id = ${workspaceId} and kind = ${kind} and hash = ${hash}`.execute(tx);
};

/** Of these requests, whose ids are no other's in any workspace. */
export const findPrints = async (db: Db, requestIds: readonly string[]): Promise<PrintOf[]> => {
  const { rows } = await sql<PrintOf>`
    select request_id as "requestId", kind, hash from journal_print
     where request_id = any(${[...requestIds]}::uuid[]) order by request_id, kind, hash`.execute(
    db,
  );
  return rows;
};
