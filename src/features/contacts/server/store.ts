import { sql } from 'kysely';
import type { Db, Tx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { AccountKey } from './accounts-apart.ts';
import type { Holder } from './assign-identity.ts';
import { noteCreated, wasCreatedIn } from './created-in.ts';
import { outdateHeir } from './new-heir-store.ts';
import type { MatchKey } from './normalize-identity.ts';

export interface KeyInWorkspace {
  readonly workspaceId: string;
  readonly key: string;
}

export interface HolderInWorkspace extends Holder {
  readonly workspaceId: string;
}

export interface LockedContact {
  readonly workspaceId: string;
  readonly id: string;
  readonly blockEpoch: number;
  /** By whom it was used up; of one whose data was erased itself: neither is ever written to. */
  readonly mergedInto: string | null;
  readonly isErased: boolean;
  readonly profileName: string | null;
  readonly username: string | null;
  readonly isNameCovered: boolean;
  /** What WhatsApp calls this person is not kept. */
  readonly isNameRemoved: boolean;
}

const columns = <T>(rows: readonly T[], pick: (row: T) => string): string[] => rows.map(pick);

/**
 * New contacts have no id to lock by: whoever may create or move identities holds these until its transaction ends.
 * One statement, sorted, so that two batches never wait for one another in a circle.
 */
export const lockMatchKeys = async (tx: Tx, keys: readonly KeyInWorkspace[]): Promise<void> => {
  const names = columns(keys, (k) => `${k.workspaceId}/${k.key}`);
  await sql`select count(pg_advisory_xact_lock(h)) from (
    select distinct hashtextextended(k, 7) as h from unnest(${names}::text[]) k order by 1) s`.execute(
    tx,
  );
};

/** Everybody who has or had one of these identities. */
export const findHolders = async (
  tx: Db | Tx,
  keys: readonly KeyInWorkspace[],
): Promise<HolderInWorkspace[]> => {
  const { rows } = await sql<HolderInWorkspace>`
    select i.workspace_id as "workspaceId", i.id as "identityId", i.contact_id as "contactId",
           i.match_key as "matchKey", i.kind, i.value, i.is_former as "isFormer",
           i.first_seen_at as "heldSince", i.portfolio_id as "portfolioId"
      from unnest(${columns(keys, (k) => k.workspaceId)}::uuid[], ${columns(keys, (k) => k.key)}::text[]) as u (w, k)
      join contact_identity i on i.workspace_id = u.w and i.match_key = u.k
     order by i.id`.execute(tx);
  return rows;
};

/** Locks contacts in id order: the first locks of every writer (docs/gate.md, locks). */
export const lockContacts = async (
  tx: Tx,
  contacts: readonly { workspaceId: string; contactId: string }[],
): Promise<LockedContact[]> => {
  if (contacts.length === 0) {
    return [];
  }
  const { rows } = await sql<LockedContact>`
    select c.workspace_id as "workspaceId", c.id, c.block_epoch as "blockEpoch",
           case when c.erased_at is null then c.merged_into else c.id end as "mergedInto", c.erased_at is not null as "isErased",
           c.profile_name as "profileName", c.username, c.is_name_covered as "isNameCovered",
           c.name_removed_at is not null as "isNameRemoved"
      from contact c
      join (select distinct w, k from unnest(
              ${columns(contacts, (c) => c.workspaceId)}::uuid[],
              ${columns(contacts, (c) => c.contactId)}::uuid[]) as u (w, k)) u
        on c.workspace_id = u.w and c.id = u.k
     order by c.id
       for no key update of c`.execute(tx);
  return rows;
};

/** What contacts left behind that this contact has now. */
export const findLeftBehind = async (
  tx: Db | Tx,
  workspaceId: string,
  contactId: string,
): Promise<Pick<Holder, 'contactId' | 'kind' | 'value'>[]> => {
  const { rows } = await sql<Pick<Holder, 'contactId' | 'kind' | 'value'>>`
    select f.contact_id as "contactId", f.kind, f.value
      from contact_identity m
      join contact_identity f on f.workspace_id = m.workspace_id and f.match_key = m.match_key
     where m.workspace_id = ${workspaceId} and m.contact_id = ${contactId} and not m.is_former
       and f.is_former and f.contact_id <> m.contact_id
     order by f.id`.execute(tx);
  return rows;
};

/** A current business-scoped id of a contact. */
export interface AccountOf extends AccountKey {
  readonly contactId: string;
}

/** Current business-scoped ids of these contacts. */
export const findBsuids = async (
  tx: Tx,
  contacts: readonly { workspaceId: string; contactId: string }[],
): Promise<AccountOf[]> => {
  if (contacts.length === 0) {
    return [];
  }
  const { rows } = await sql<AccountOf>`
    select i.contact_id as "contactId", i.match_key as "matchKey", i.portfolio_id as "portfolioId"
      from unnest(${columns(contacts, (c) => c.workspaceId)}::uuid[],
                  ${columns(contacts, (c) => c.contactId)}::uuid[]) as u (w, k)
      join contact_identity i on i.workspace_id = u.w and i.contact_id = u.k
     where i.kind = 'bsuid' and not i.is_former`.execute(tx);
  return rows;
};

export interface NewContact {
  readonly workspaceId: string;
  readonly profileName: string | null;
  readonly givenName?: string | null;
  readonly username: string | null;
}

export const insertContact = async (tx: Tx, contact: NewContact): Promise<string> => {
  const id = newId();
  await tx
    .insertInto('contact')
    .values({
      workspace_id: contact.workspaceId,
      id,
      profile_name: contact.profileName,
      given_name: contact.givenName ?? null,
      username: contact.username,
    })
    .execute();
  noteCreated(tx, [id]);
  return id;
};

/**
 * Gives these identities to the contact; one it left behind earlier is its own again.
 * @param toldAt when the item that tells of them was sent, in whole seconds by WhatsApp's clock; null: now
 * @returns them as they are held now
 */
export const learnIdentities = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  keys: readonly MatchKey[],
  toldAt: number | null = null,
): Promise<Holder[]> => {
  if (keys.length === 0) {
    return [];
  }
  // What lies ahead of us is somebody's wrong clock.
  const heldSince = new Date(Math.min(Date.now(), toldAt === null ? Infinity : toldAt * 1000));
  const { rows: left } = await sql<AccountKey>`delete from contact_identity
    where workspace_id = ${workspaceId} and contact_id = ${contactId}
      and match_key = any(${columns(keys, (k) => k.key)}::text[]) and is_former
    returning match_key as "matchKey", portfolio_id as "portfolioId"`.execute(tx);
  const learnt = keys.map(({ kind, key, value, portfolioId }): Holder => {
    const before = left.find(({ matchKey }) => matchKey === key)?.portfolioId ?? null;
    const own = { matchKey: key, kind, value, isFormer: false, heldSince };
    return { contactId, identityId: newId(), ...own, portfolioId: portfolioId ?? before };
  });
  await sql`insert into contact_identity (workspace_id, id, contact_id, kind, match_key, value, portfolio_id, first_seen_at)
    select ${workspaceId}, id, ${contactId}, kind, key, value, portfolio, ${heldSince}
      from unnest(${columns(learnt, (h) => h.identityId)}::uuid[], ${columns(learnt, (h) => h.kind)}::text[],
                  ${columns(learnt, (h) => h.matchKey)}::text[], ${columns(learnt, (h) => h.value)}::text[],
                  ${learnt.map((h) => h.portfolioId)}::text[]) as u (id, kind, key, value, portfolio)`.execute(
    tx,
  );
  if (!wasCreatedIn(tx, contactId)) {
    await outdateHeir(tx, workspaceId, contactId);
  }
  return learnt;
};

/**
 * WhatsApp now spells the number in another way (ninth digit): answers and its own list follow it. Of an id it may tell by now whose
 * portfolio it is of.
 */
export const respellIdentity = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  key: MatchKey,
): Promise<void> => {
  await tx
    .updateTable('contact_identity')
    .set({
      value: key.value,
      ...(key.portfolioId !== undefined && { portfolio_id: key.portfolioId }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', '=', contactId)
    .where('match_key', '=', key.key)
    .execute();
};

/** What these hold now becomes what they have left behind. */
export const retireIdentities = async (
  tx: Tx,
  workspaceId: string,
  holders: readonly Pick<Holder, 'contactId' | 'matchKey'>[],
): Promise<void> => {
  if (holders.length === 0) {
    return;
  }
  const held = sql`(select * from unnest(${columns(holders, (h) => h.contactId)}::uuid[],
                                         ${columns(holders, (h) => h.matchKey)}::text[])) as u (contact, key)`;
  await sql`delete from contact_identity i using ${held}
     where i.workspace_id = ${workspaceId} and i.contact_id = u.contact and i.match_key = u.key
       and i.is_former`.execute(tx);
  await sql`update contact_identity i set is_former = true from ${held}
     where i.workspace_id = ${workspaceId} and i.contact_id = u.contact and i.match_key = u.key`.execute(
    tx,
  );
};

/** Content: called for admitted people only. */
export const recordNames = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  names: { profileName?: string; username?: string },
): Promise<void> => {
  await sql`update contact
       set profile_name = coalesce(${names.profileName ?? null}, profile_name),
           username = coalesce(${names.username ?? null}, username)
     where workspace_id = ${workspaceId} and id = ${contactId}`.execute(tx);
};

export const setGivenName = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
  givenName: string | null,
): Promise<void> => {
  await tx
    .updateTable('contact')
    .set({ given_name: givenName })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .execute();
};

/** Moves every identity of `from` to `to` and marks `from` as merged; both are locked. */
export const moveIdentities = async (
  tx: Tx,
  workspaceId: string,
  from: string,
  to: string,
): Promise<void> => {
  // What one left behind and the other has is theirs now; what both left behind is left behind once.
  await sql`delete from contact_identity f
     where f.workspace_id = ${workspaceId} and f.is_former and f.contact_id in (${from}, ${to})
       and exists (select 1 from contact_identity t
                    where t.workspace_id = f.workspace_id and t.contact_id in (${from}, ${to})
                      and t.match_key = f.match_key and t.id <> f.id
                      and (not t.is_former or (t.contact_id = ${to} and f.contact_id = ${from})))`.execute(
    tx,
  );
  await sql`update contact_identity set contact_id = ${to}, merged_from = coalesce(merged_from, ${from}::uuid)
    where workspace_id = ${workspaceId} and contact_id = ${from}`.execute(tx);
  await sql`update contact t set given_name = coalesce(t.given_name, f.given_name),
           profile_name = coalesce(t.profile_name, f.profile_name), username = coalesce(t.username, f.username),
           -- What the address book said last; of an entry that was removed, that it was.
           address_book_name = case when f.address_book_at > coalesce(t.address_book_at, '-infinity')
                                    then f.address_book_name else t.address_book_name end,
           address_book_at = greatest(t.address_book_at, f.address_book_at),
           is_name_covered = t.is_name_covered or f.is_name_covered,
           name_removed_at = coalesce(t.name_removed_at, f.name_removed_at)
      from contact f where t.workspace_id = ${workspaceId} and t.id = ${to}
       and f.workspace_id = t.workspace_id and f.id = ${from}`.execute(tx);
  await sql`insert into name_cover (workspace_id, contact_id, request_id)
    select workspace_id, ${to}, request_id from name_cover
     where workspace_id = ${workspaceId} and contact_id = ${from} on conflict do nothing`.execute(
    tx,
  );
  await sql`update contact set merged_into = ${to}
    where workspace_id = ${workspaceId} and (id = ${from} or merged_into = ${from})`.execute(tx);
  await outdateHeir(tx, workspaceId, to);
};
