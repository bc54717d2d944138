import { sql } from 'kysely';
import type { Actor, Db, Tx } from '#platform/server/deps.ts';
import type { BlockReason } from '../../contract.ts';
import type { ExchangeList } from '../../exchange/contract.ts';
import type { ListFile } from './list-file.ts';

const pieceSize = 5_000;

export const insertList = async (
  tx: Tx,
  actor: Actor,
  list: ListFile & { readonly id: string; readonly name: string },
): Promise<void> => {
  const { workspaceId } = actor;
  await sql`insert into exchange_list (workspace_id, id, name, key_check, entry_count, created_by_kind, created_by)
    values (${workspaceId}, ${list.id}, ${list.name}, ${list.keyCheck}, ${list.entries.length}, ${actor.kind},
            ${actor.id}::uuid)`.execute(tx);
  for (let from = 0; from < list.entries.length; from += pieceSize) {
    const piece = list.entries.slice(from, from + pieceSize);
    await sql`insert into exchange_entry (workspace_id, list_id, stretched, reason)
      select ${workspaceId}::uuid, ${list.id}::uuid, u.s, u.r
        from unnest(${piece.map((e) => e.stretched)}::bytea[], ${piece.map((e) => e.reason)}::text[]) as u (s, r)`.execute(
      tx,
    );
  }
};

const selectLists = (workspaceId: string) => sql`
  select l.id, l.name, l.state, l.entry_count as entries, l.created_at as "createdAt",
         (select count(*)::int from exchange_entry e where e.workspace_id = l.workspace_id and e.list_id = l.id
             and e.hit_at is not null) as hits
    from exchange_list l where l.workspace_id = ${workspaceId}`;

type ListRow = Omit<ExchangeList, 'createdAt'> & { readonly createdAt: Date };

const toList = (row: ListRow): ExchangeList => ({ ...row, createdAt: row.createdAt.toISOString() });

/** Newest first. */
export const findLists = async (db: Db | Tx, workspaceId: string): Promise<ExchangeList[]> => {
  const { rows } = await sql<ListRow>`${selectLists(workspaceId)}
    order by l.created_at desc, l.id desc limit 200`.execute(db);
  return rows.map(toList);
};

export const findList = async (
  db: Db | Tx,
  workspaceId: string,
  id: string,
): Promise<ExchangeList | undefined> => {
  const { rows } = await sql<ListRow>`${selectLists(workspaceId)} and l.id = ${id}`.execute(db);
  return rows[0] === undefined ? undefined : toList(rows[0]);
};

export const findKeyCheck = async (
  db: Db | Tx,
  workspaceId: string,
  id: string,
): Promise<{ keyCheck: Buffer; state: ExchangeList['state'] } | undefined> => {
  const { rows } = await sql<{ keyCheck: Buffer; state: ExchangeList['state'] }>`
    select key_check as "keyCheck", state from exchange_list
     where workspace_id = ${workspaceId} and id = ${id}`.execute(db);
  return rows[0];
};

/** The key under this fingerprint, kept once. @returns its id */
export const keepKey = async (
  tx: Tx,
  key: { workspaceId: string; id: string; fingerprint: Buffer; sealed: string },
): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    insert into exchange_key (workspace_id, id, fingerprint, sealed)
    values (${key.workspaceId}, ${key.id}, ${key.fingerprint}, ${key.sealed})
    on conflict (workspace_id, fingerprint) do update set fingerprint = excluded.fingerprint
    returning id`.execute(tx);
  return rows[0]?.id ?? key.id;
};

/** @returns false when it is open already */
export const openListWith = async (
  tx: Tx,
  workspaceId: string,
  id: string,
  keyId: string,
): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`update exchange_list set state = 'matching', key_id = ${keyId}
    where workspace_id = ${workspaceId} and id = ${id} and state = 'locked'`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
};

export const endMatching = async (tx: Tx, workspaceId: string, id: string): Promise<void> => {
  await sql`update exchange_list set state = 'active'
    where workspace_id = ${workspaceId} and id = ${id} and state = 'matching'`.execute(tx);
};

/** The list with its entries, and the key when no other list is under it. @returns false when there is none */
export const deleteList = async (tx: Tx, workspaceId: string, id: string): Promise<boolean> => {
  const { numAffectedRows } = await sql`delete from exchange_list
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
  await sql`delete from exchange_key k where k.workspace_id = ${workspaceId} and not exists (
    select 1 from exchange_list l where l.workspace_id = k.workspace_id and l.key_id = k.id)`.execute(
    tx,
  );
  return (numAffectedRows ?? 0n) > 0n;
};

export interface KeyInUse {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly sealed: string;
}

/** The keys under which these workspaces look numbers up: few, and in most workspaces none. */
export const findKeysInUse = async (
  db: Db | Tx,
  workspaceIds: readonly string[],
): Promise<KeyInUse[]> => {
  const { rows } = await sql<KeyInUse>`
    select k.workspace_id as "workspaceId", k.id as "keyId", k.sealed from exchange_key k
     where k.workspace_id = any(${[...new Set(workspaceIds)]}::uuid[]) order by k.id`.execute(db);
  return rows;
};

export interface Lookup {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly hash: Buffer;
}

/** Which of these were stretched before. @returns by hash in hex */
export const findLookups = async (
  db: Db | Tx,
  lookups: readonly Lookup[],
): Promise<Map<string, Buffer>> => {
  const { rows } = await sql<{ hash: Buffer; stretched: Buffer }>`
    select l.identity_hash as hash, l.stretched
      from unnest(${lookups.map((l) => l.workspaceId)}::uuid[], ${lookups.map((l) => l.keyId)}::uuid[],
                  ${lookups.map((l) => l.hash)}::bytea[]) as u (w, k, h)
      join exchange_lookup l on l.workspace_id = u.w and l.key_id = u.k and l.identity_hash = u.h`.execute(
    db,
  );
  return new Map(rows.map(({ hash, stretched }) => [hash.toString('hex'), stretched]));
};

/** A key that has gone meanwhile needs none. */
export const keepLookups = async (
  db: Db | Tx,
  lookups: readonly (Lookup & { readonly stretched: Buffer })[],
): Promise<void> => {
  await sql`insert into exchange_lookup (workspace_id, key_id, identity_hash, stretched)
    select u.w, u.k, u.h, u.s
      from unnest(${lookups.map((l) => l.workspaceId)}::uuid[], ${lookups.map((l) => l.keyId)}::uuid[],
                  ${lookups.map((l) => l.hash)}::bytea[], ${lookups.map((l) => l.stretched)}::bytea[]) as u (w, k, h, s)
      join exchange_key k on k.workspace_id = u.w and k.id = u.k
     order by u.w, u.k, u.h
    on conflict do nothing`.execute(db);
};

export interface Hit {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly stretched: Buffer;
  readonly reason: BlockReason;
  /** Since when the newest of these lists is here, and a list under its key is open. */
  readonly since: Date;
}

/** Which of these numbers are on a list whose entry has not been met before. */
export const findHits = async (
  tx: Tx,
  asked: readonly Omit<Hit, 'reason' | 'since'>[],
): Promise<Hit[]> => {
  const { rows } = await sql<Hit>`
    select u.w as "workspaceId", u.k as "keyId", u.s as stretched, min(e.reason) as reason,
           max(greatest(l.created_at, k.created_at)) as since
      from unnest(${asked.map((a) => a.workspaceId)}::uuid[], ${asked.map((a) => a.keyId)}::uuid[],
                  ${asked.map((a) => a.stretched)}::bytea[]) as u (w, k, s)
      join exchange_key k on k.workspace_id = u.w and k.id = u.k
      join exchange_list l on l.workspace_id = u.w and l.key_id = u.k
      join exchange_entry e on e.workspace_id = l.workspace_id and e.list_id = l.id and e.stretched = u.s
     where e.hit_at is null
     group by 1, 2, 3`.execute(tx);
  return rows;
};

/** Met: from now on the block that it opened rules, and whoever lifts that has the last word. */
export const markHits = async (tx: Tx, hits: readonly Hit[]): Promise<void> => {
  await sql`update exchange_entry e set hit_at = clock_timestamp()
      from unnest(${hits.map((h) => h.workspaceId)}::uuid[], ${hits.map((h) => h.keyId)}::uuid[],
                  ${hits.map((h) => h.stretched)}::bytea[]) as u (w, k, s)
      join exchange_list l on l.workspace_id = u.w and l.key_id = u.k
     where e.workspace_id = l.workspace_id and e.list_id = l.id and e.stretched = u.s and e.hit_at is null`.execute(
    tx,
  );
};

/** Numbers of people here, by the id of the identity. */
export const findNumbers = async (
  db: Db,
  workspaceId: string,
  after: string,
  limit: number,
): Promise<{ id: string; matchKey: string }[]> => {
  const { rows } = await sql<{ id: string; matchKey: string }>`
    select id, match_key as "matchKey" from contact_identity
     where workspace_id = ${workspaceId} and id > ${after}::uuid and kind = 'phone' and not is_former
     order by id limit ${sql.lit(limit)}`.execute(db);
  return rows;
};
