import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';

/** A file by its bytes. */
export interface FileOfWorkspace {
  readonly workspaceId: string;
  readonly sha256: Buffer;
}

/** Longer than it takes to write the largest file. */
const holdMinutes = 60;

/**
 * Says that somebody is about to name this file: until the hold is released nobody deletes its bytes.
 * @returns false while they are being deleted; try again when that is over
 */
export const holdFile = async (
  tx: Tx,
  file: FileOfWorkspace & { readonly sizeBytes: number },
  holdId: string,
): Promise<boolean> => {
  const { workspaceId, sha256, sizeBytes } = file;
  await sql`insert into stored_file (workspace_id, sha256, size_bytes)
    values (${workspaceId}, ${sha256}, ${sizeBytes}) on conflict do nothing`.execute(tx);
  if (!(await lockFiles(tx, workspaceId, [sha256]))) {
    return false;
  }
  await sql`insert into stored_file_hold (workspace_id, sha256, id, until)
    values (${workspaceId}, ${sha256}, ${holdId}, clock_timestamp() + ${holdMinutes} * interval '1 minute')`.execute(
    tx,
  );
  return true;
};

export const releaseHolds = async (tx: Tx, workspaceId: string, holdId: string): Promise<void> => {
  await sql`delete from stored_file_hold where workspace_id = ${workspaceId} and id = ${holdId}`.execute(
    tx,
  );
};

/**
 * Keeps these files from being deleted until the end of the transaction, which names them.
 * @returns false when one of them is not there, or is being deleted
 */
export const lockFiles = async (
  tx: Tx,
  workspaceId: string,
  files: readonly Buffer[],
): Promise<boolean> => {
  const wanted = [...new Set(files.map((file) => file.toString('hex')))];
  // After a wait the row is judged as it is then.
  const { rows } = await sql`
    select 1 from stored_file
     where workspace_id = ${workspaceId} and deleting_at is null
       and sha256 = any(array(select decode(h, 'hex') from unnest(${wanted}::text[]) h))
     order by sha256 for key share`.execute(tx);
  return rows.length === wanted.length;
};

const isNamed = sql`(
  exists (select 1 from message_media x where x.workspace_id = f.workspace_id and x.sha256 = f.sha256)
  or exists (select 1 from message_media x where x.workspace_id = f.workspace_id and x.thumbnail_sha256 = f.sha256)
  or exists (select 1 from upload x where x.workspace_id = f.workspace_id and x.sha256 = f.sha256)
  or exists (select 1 from upload x where x.workspace_id = f.workspace_id and x.thumbnail_sha256 = f.sha256)
  or exists (select 1 from stored_file_hold h where h.workspace_id = f.workspace_id and h.sha256 = f.sha256
              and h.until > clock_timestamp()))`;

/**
 * Marks a file that nothing names: from the commit on nobody can name it.
 * @returns whether its bytes are to be deleted now
 */
export const markDeleting = async (tx: Tx, file: FileOfWorkspace): Promise<boolean> => {
  const where = sql`f.workspace_id = ${file.workspaceId} and f.sha256 = ${file.sha256}`;
  // Locked first, looked at after: whoever was about to name it has done so by then.
  await sql`select 1 from stored_file f where ${where} for update`.execute(tx);
  const { numAffectedRows } =
    await sql`update stored_file f set deleting_at = coalesce(deleting_at, clock_timestamp())
      where ${where} and not ${isNamed}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
};

/** Its bytes are gone. */
export const forgetFile = async (tx: Tx, file: FileOfWorkspace): Promise<void> => {
  await sql`delete from stored_file where workspace_id = ${file.workspaceId} and sha256 = ${file.sha256}
    and deleting_at is not null`.execute(tx);
};

/** Files that nothing has named for an hour, and those whose deletion did not come to its end. */
export const findUnnamedFiles = async (tx: Tx, limit: number): Promise<FileOfWorkspace[]> => {
  const { rows } = await sql<FileOfWorkspace>`
    select f.workspace_id as "workspaceId", f.sha256 from stored_file f
     where f.created_at < clock_timestamp() - interval '1 hour' and not ${isNamed}
     order by f.workspace_id, f.sha256 limit ${limit}`.execute(tx);
  return rows;
};

/**
 * Takes bytes that no row speaks of for deletion, so that nobody names them meanwhile. Bytes of a workspace that is not
 * here are somebody else's.
 * @returns those that are to be deleted
 */
export const claimOrphans = async (
  tx: Tx,
  files: readonly FileOfWorkspace[],
): Promise<FileOfWorkspace[]> => {
  const { rows } = await sql<FileOfWorkspace>`
    insert into stored_file (workspace_id, sha256, size_bytes, deleting_at)
    select w.id, decode(u.h, 'hex'), 0, clock_timestamp()
      from unnest(${files.map((f) => f.workspaceId)}::uuid[],
                  ${files.map((f) => f.sha256.toString('hex'))}::text[]) as u (w, h)
      join workspace w on w.id = u.w order by u.w, u.h
    on conflict do nothing returning workspace_id as "workspaceId", sha256`.execute(tx);
  return rows;
};

export const forgetExpiredHolds = async (tx: Tx): Promise<void> => {
  await sql`delete from stored_file_hold where until < clock_timestamp()`.execute(tx);
};
