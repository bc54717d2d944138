import { sql } from 'kysely';
import type { Tx } from '#platform/server/deps.ts';
import type { IdentityKind } from '../normalize-identity.ts';

/** An identity as a split sees it. */
export interface HeldIdentity {
  readonly id: string;
  readonly kind: IdentityKind;
  readonly matchKey: string;
  readonly isFormer: boolean;
  readonly firstSeenAt: Date;
  /** Of a business-scoped id the portfolio whose numbers see it; null: not known. */
  readonly portfolioId: string | null;
  /** The contact that had it before a merge. */
  readonly mergedFrom: string | null;
}

/** Every identity that the contact has or had, in id order. */
export const findIdentities = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<HeldIdentity[]> => {
  const { rows } = await sql<HeldIdentity>`
    select id, kind, match_key as "matchKey", is_former as "isFormer", merged_from as "mergedFrom",
           first_seen_at as "firstSeenAt", portfolio_id as "portfolioId"
      from contact_identity
     where workspace_id = ${workspaceId} and contact_id = ${contactId} order by id`.execute(tx);
  return rows;
};

/** Not locked. @returns undefined when there is no such contact */
export const findMergeState = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<{ mergedInto: string | null } | undefined> => {
  const { rows } = await sql<{ mergedInto: string | null }>`
    select merged_into as "mergedInto" from contact
     where workspace_id = ${workspaceId} and id = ${contactId} and erased_at is null`.execute(tx);
  return rows[0];
};

/**
 * Gives these identities to another contact, both locked; current ones stay current, and whoever gave them away keeps
 * no trace of them that could block. What the other left behind of the same is its own again.
 * @param areTheirs what was left behind is current with the other, unless somebody has it
 */
export const giveIdentities = async (
  tx: Tx,
  workspaceId: string,
  identities: readonly HeldIdentity[],
  to: string,
  { areTheirs = false }: { readonly areTheirs?: boolean } = {},
): Promise<void> => {
  const keys = identities.map((identity) => identity.matchKey);
  await sql`delete from contact_identity where workspace_id = ${workspaceId} and contact_id = ${to}
     and is_former and match_key = any(${keys}::text[])`.execute(tx);
  const ids = sql`i.workspace_id = ${workspaceId} and i.id = any(${identities.map(({ id }) => id)}::uuid[])`;
  const isHeld = sql`exists (select 1 from contact_identity h where h.workspace_id = i.workspace_id
    and h.match_key = i.match_key and not h.is_former and h.id <> i.id)`;
  if (areTheirs) {
    await sql`delete from contact_identity i where ${ids} and i.is_former and ${isHeld}`.execute(
      tx,
    );
  }
  await sql`update contact_identity i set contact_id = ${to}, merged_from = null,
           is_former = i.is_former and not ${areTheirs} where ${ids}`.execute(tx);
};

/** A contact that a merge used up is one of its own again; locked. */
export const reviveContact = async (
  tx: Tx,
  workspaceId: string,
  contactId: string,
): Promise<void> => {
  await sql`update contact set merged_into = null
    where workspace_id = ${workspaceId} and id = ${contactId}`.execute(tx);
};
