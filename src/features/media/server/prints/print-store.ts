import { sql } from 'kysely';
import type { Actor, Db, Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';

/** exact: the very same bytes · perceptual: a picture that looks the same */
export type PrintKind = 'exact' | 'perceptual';

export interface Fingerprint {
  readonly kind: PrintKind;
  readonly hash: Buffer;
}

/** A fingerprint of something that was removed. */
export interface RemovedPrint {
  readonly id: string;
  readonly requestId: string;
  readonly kind: PrintKind;
  /** Why it was removed: a reason of removal requests. */
  readonly reason: string;
}

const printColumns = sql`p.id, p.request_id as "requestId", p.kind, p.reason`;

/** Remembers with the bytes what they look like. Their row must be locked for the message that names them. */
export const keepPrint = async (
  tx: Tx,
  workspaceId: string,
  sha256: Buffer,
  print: Buffer | null,
): Promise<void> => {
  if (print !== null) {
    await sql`update stored_file set print = ${print}
       where workspace_id = ${workspaceId} and sha256 = ${sha256} and print is null`.execute(tx);
  }
};

export interface PrintedFile {
  readonly sha256: Buffer;
  /** Null where it may not be told by its looks. */
  readonly print: Buffer | null;
}

/**
 * What these messages carry. Only pictures and stickers that were sent as such have looks: never a document. What belongs to our
 * own templates is no content of a person.
 */
export const findPrintedFiles = async (
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<PrintedFile[]> => {
  const { rows } = await sql<PrintedFile>`
    select distinct x.sha256, case when m.kind in ('image', 'sticker') then f.print end as print
      from message_media x
      join message m on m.workspace_id = x.workspace_id and m.id = x.message_id
      join stored_file f on f.workspace_id = x.workspace_id and f.sha256 = x.sha256
     where x.workspace_id = ${workspaceId} and x.message_id = any(${[...messageIds]}::uuid[])
       and x.sha256 is not null and m.kind <> 'template'
     order by x.sha256`.execute(tx);
  return rows;
};

/** Each hash once: one that is kept already stays as it is. */
export const insertPrints = async (
  tx: Tx,
  workspaceId: string,
  { requestId, reason }: Pick<RemovedPrint, 'requestId' | 'reason'>,
  prints: readonly Fingerprint[],
): Promise<void> => {
  await sql`insert into removed_print (workspace_id, id, request_id, kind, hash, reason)
    select ${workspaceId}::uuid, u.id, ${requestId}::uuid, u.kind, decode(u.hash, 'hex'), ${reason}::text
      from unnest(${prints.map(() => newId())}::uuid[], ${prints.map(({ kind }) => kind)}::text[],
                  ${prints.map(({ hash }) => hash.toString('hex'))}::text[]) as u (id, kind, hash)
     order by u.kind, u.hash
    on conflict (workspace_id, kind, hash) where retired_at is null do nothing`.execute(tx);
};

export const findExactPrint = async (
  db: Db,
  workspaceId: string,
  sha256: Buffer,
): Promise<RemovedPrint | undefined> => {
  const { rows } = await sql<RemovedPrint>`
    select ${printColumns} from removed_print p
     where p.workspace_id = ${workspaceId} and p.kind = 'exact' and p.hash = ${sha256}
       and p.retired_at is null`.execute(db);
  return rows[0];
};

/** Those that share one of the keys, each of which is looked up by its own index. */
export const findPrintsByKeys = async (
  db: Db,
  workspaceId: string,
  keys: readonly (readonly number[])[],
): Promise<(RemovedPrint & { readonly hash: Buffer })[]> => {
  const [first = [], second = [], third = [], fourth = []] = keys.map((near) => [...near]);
  const { rows } = await sql<RemovedPrint & { readonly hash: Buffer }>`
    select ${printColumns}, p.hash from removed_print p
     where p.workspace_id = ${workspaceId} and p.kind = 'perceptual' and p.retired_at is null
       and (p.key1 = any(${first}::int[]) or p.key2 = any(${second}::int[])
            or p.key3 = any(${third}::int[]) or p.key4 = any(${fourth}::int[]))`.execute(db);
  return rows;
};

/** What a file that is here looks like. */
export const findPrintOfFile = async (
  db: Db,
  workspaceId: string,
  sha256: Buffer,
): Promise<Buffer | null> => {
  const { rows } = await sql<{ print: Buffer | null }>`
    select print from stored_file where workspace_id = ${workspaceId} and sha256 = ${sha256}`.execute(
    db,
  );
  return rows[0]?.print ?? null;
};

/** @returns it; undefined when there is none that still matches */
export const setRetired = async (
  tx: Tx,
  workspaceId: string,
  by: Pick<Actor, 'kind' | 'id'>,
  printId: string,
): Promise<Fingerprint | undefined> => {
  const { rows } = await sql<Fingerprint>`
    update removed_print
       set retired_at = clock_timestamp(), retired_by_kind = ${by.kind}, retired_by = ${by.id}
     where workspace_id = ${workspaceId} and id = ${printId} and retired_at is null
    returning kind, hash`.execute(tx);
  return rows[0];
};
