import { sql } from 'kysely';
import type { MatchKey } from '#features/contacts/server/index.ts';
import type { BlockReason } from '#features/gate/contract.ts';
import type { Db, Tx } from '#platform/server/deps.ts';
import type { NameRemovedBy } from './journal-body.ts';

export interface ContactRef {
  readonly workspaceId: string;
  readonly contactId: string;
}

export interface BlockOf extends ContactRef {
  readonly id: string;
  readonly reason: BlockReason;
  readonly startedAt: Date;
  readonly expiresAt: Date | null;
  readonly liftedAt: Date | null;
  readonly upstream: boolean;
}

export interface NameRemovedOf extends ContactRef {
  readonly at: Date;
  readonly by: NameRemovedBy | null;
}

export interface IdentityOf extends ContactRef {
  readonly matchKey: string;
  readonly isFormer: boolean;
  readonly kind: MatchKey['kind'];
}

const wanted = (contacts: readonly ContactRef[]) =>
  sql`(select distinct w, k from unnest(${contacts.map((c) => c.workspaceId)}::uuid[],
                                       ${contacts.map((c) => c.contactId)}::uuid[]) as u (w, k)) u`;

/** An identity of which nothing but its keyed hash is known here. */
export interface HashedOf extends ContactRef {
  readonly hash: Buffer;
  readonly isFormer: boolean;
  readonly kind: MatchKey['kind'] | null;
}

export interface ContactsRead {
  readonly blocks: readonly BlockOf[];
  readonly identities: readonly IdentityOf[];
  readonly hashed: readonly HashedOf[];
  readonly names: readonly NameRemovedOf[];
  /** Those whose data was erased. */
  readonly erasedIds: ReadonlySet<string>;
}

/** Which of these have no name any more, and are somebody still. A merge brought that along: the request is of whom it used up. */
const readNames = async (db: Db, contacts: readonly ContactRef[]): Promise<NameRemovedOf[]> => {
  const { rows } = await sql<NameRemovedOf>`
    select c.workspace_id as "workspaceId", c.id as "contactId", c.name_removed_at as at, n.by
      from ${wanted(contacts)}
      join contact c on c.workspace_id = u.w and c.id = u.k and c.name_removed_at is not null
       and c.erased_at is null
      left join lateral (
        select jsonb_build_object('requestId', j.request_id, 'number', j.number, 'reason', j.reason) as by
          from contact f join journal_name j on j.workspace_id = f.workspace_id and j.contact_id = f.id
         where f.workspace_id = c.workspace_id and (f.id = c.id or f.merged_into = c.id)
         order by j.number desc limit 1) n on true`.execute(db);
  return rows;
};

/** How these contacts stand. */
export const readContacts = async (
  db: Db,
  contacts: readonly ContactRef[],
): Promise<ContactsRead> => {
  const blocks = await sql<BlockOf>`
    select b.workspace_id as "workspaceId", b.contact_id as "contactId", b.id, b.reason, b.started_at as "startedAt",
           b.expires_at as "expiresAt", b.lifted_at as "liftedAt", b.upstream
      from ${wanted(contacts)} join block b on b.workspace_id = u.w and b.contact_id = u.k
     order by b.started_at, b.id`.execute(db);
  const identities = await sql<IdentityOf>`
    select i.workspace_id as "workspaceId", i.contact_id as "contactId", i.match_key as "matchKey", i.is_former as "isFormer", i.kind
      from ${wanted(contacts)} join contact_identity i on i.workspace_id = u.w and i.contact_id = u.k
     order by i.id`.execute(db);
  const hashed = await sql<HashedOf>`
    select a.workspace_id as "workspaceId", a.contact_id as "contactId", a.identity_hash as hash, a.is_former as "isFormer",
           a.kind
      from ${wanted(contacts)} join awaited_identity a on a.workspace_id = u.w and a.contact_id = u.k
     order by a.identity_hash`.execute(db);
  const erased = await sql<{ id: string }>`
    select c.id from ${wanted(contacts)} join contact c on c.workspace_id = u.w and c.id = u.k
     where c.erased_at is not null`.execute(db);
  return {
    blocks: blocks.rows,
    identities: identities.rows,
    hashed: hashed.rows,
    names: await readNames(db, contacts),
    erasedIds: new Set(erased.rows.map(({ id }) => id)),
  };
};

export interface NamedIdentityRow {
  readonly id: string;
  readonly kind: 'phone' | 'bsuid' | 'parent-bsuid';
  readonly matchKey: string;
  readonly value: string;
}

/** Identities of a workspace, a piece at a time. @param after the last of the piece before */
export const listIdentities = async (
  db: Db,
  workspaceId: string,
  after: string | null,
  limit: number,
): Promise<NamedIdentityRow[]> => {
  const { rows } = await sql<NamedIdentityRow>`
    select id, kind, match_key as "matchKey", value from contact_identity
     where workspace_id = ${workspaceId} and kind <> 'lid' and (${after}::uuid is null or id > ${after}::uuid)
     order by id limit ${limit}`.execute(db);
  return rows;
};

export const listWorkspaceIds = async (db: Db | Tx): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`select id from workspace order by id`.execute(db);
  return rows.map(({ id }) => id);
};

/** Who this contact is by now; undefined when it is not here. */
export const findContactNow = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<string | undefined> => {
  const { rows } = await sql<{ id: string }>`select coalesce(merged_into, id) as id from contact
    where workspace_id = ${workspaceId} and id = ${contactId}`.execute(tx);
  return rows[0]?.id;
};
