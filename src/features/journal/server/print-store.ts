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

/** Of these requests, each in its workspace. */
export const findPrints = async (
  db: Db,
  requests: readonly { readonly workspaceId: string; readonly requestId: string }[],
): Promise<PrintOf[]> => {
  const { rows } = await sql<PrintOf>`
    select p.request_id as "requestId", p.kind, p.hash
      from unnest(${requests.map((one) => one.workspaceId)}::uuid[],
                  ${requests.map((one) => one.requestId)}::uuid[]) as u (w, r)
      join journal_print p on p.workspace_id = u.w and p.request_id = u.r
     order by p.request_id, p.kind, p.hash`.execute(db);
  return rows;
};
