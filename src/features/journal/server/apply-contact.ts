import {
  findHolders,
  insertAwaited,
  insertHashedNames,
  insertLostContact,
  learnIdentities,
  lockContacts,
  type MatchKey,
} from '#features/contacts/server/index.ts';
import {
  type JournaledBlock,
  type RestoredBlocks,
  restoreBlocks,
} from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import type { JournaledContact } from './journal-body.ts';
import { findContactNow } from './journal-queries.ts';

/** What was done, and who it is here: itself first, then whoever else has one of its identities. */
export interface AppliedContact extends RestoredBlocks {
  readonly contactIds: readonly string[];
}

/** The identities that somebody has or had here, by their hashes as hexadecimal digits. */
export type KeysByHash = ReadonlyMap<string, MatchKey>;

type Told = JournaledContact['identities'][number];

interface Claimed extends Told {
  /** Undefined when nobody here ever had it. */
  readonly key: MatchKey | undefined;
  readonly holders: readonly { readonly contactId: string; readonly isFormer: boolean }[];
}

const findClaimed = async (
  ctx: Ctx,
  { workspaceId, identities }: JournaledContact,
  keys: KeysByHash,
): Promise<Claimed[]> => {
  const named = identities.map((one) => ({ ...one, key: keys.get(one.hash.toString('hex')) }));
  const asked = named.flatMap(({ key }) =>
    key === undefined ? [] : [{ workspaceId, key: key.key }],
  );
  const holders = await findHolders(ctx.tx, asked);
  return named.map((one) => ({
    ...one,
    holders: holders.filter(({ matchKey }) => matchKey === one.key?.key),
  }));
};

/** WhatsApp repeats what it could not deliver for days: for so long an end that nobody here knows of still matters. */
const lateMs = 30 * 86_400_000;

const matters = ({ liftedAt, expiresAt }: JournaledBlock): boolean => {
  const end = liftedAt ?? expiresAt;
  return end === null || end.getTime() > Date.now() - lateMs;
};

const hashedOf = ({ hash, isFormer, kind }: Claimed) => ({ hash, isFormer, kind: kind ?? null });

/**
 * What is left of somebody who was erased: hashes alone, also of what is known here or was until another was erased, and never
 * an identity. What the contact has itself becomes a hash when it is erased again, which follows.
 */
const giveHashes = async (
  ctx: Ctx,
  contactId: string,
  claimed: readonly Claimed[],
): Promise<void> => {
  const foreign = claimed.filter(({ holders }) =>
    holders.every((holder) => holder.contactId !== contactId),
  );
  await insertHashedNames(ctx.tx, ctx.actor.workspaceId, contactId, foreign.map(hashedOf));
};

/** An identity that nobody has here is the contact's own: named by what somebody left behind, or awaited by its hash. */
const giveIdentities = async (
  ctx: Ctx,
  contactId: string,
  claimed: readonly Claimed[],
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const unknown = claimed.filter(
    ({ key, isFormer, holders }) => key === undefined || (isFormer && holders.length === 0),
  );
  await insertAwaited(ctx.tx, workspaceId, contactId, unknown.map(hashedOf));
  const left = claimed.flatMap(({ key, isFormer, holders }) =>
    key !== undefined && !isFormer && holders.every((one) => one.isFormer) ? [key] : [],
  );
  await learnIdentities(ctx.tx, workspaceId, contactId, left);
};

/**
 * Brings one contact to what the journal says of it. It is found by our id, or by an identity; one that is not here at all is
 * made anew without a name, and known by whoever comes with one of its identities. Whoever else has one of them is blocked as
 * well, by a row of their own. Names are not touched by this.
 */
export const applyContact = async (
  ctx: Ctx,
  contact: JournaledContact,
  keys: KeysByHash,
): Promise<AppliedContact> => {
  const { workspaceId } = ctx.actor;
  const { isErased } = contact;
  const isNameless = contact.nameRemoved !== undefined;
  const open = contact.blocks.find(({ liftedAt }) => liftedAt === null);
  const claimed = await findClaimed(ctx, contact, keys);
  const others = new Set(
    claimed.flatMap(({ isFormer, holders }) =>
      holders.flatMap((held) => (isFormer || held.isFormer ? [] : [held.contactId])),
    ),
  );
  const here = await findContactNow(ctx.tx, workspaceId, contact.contactId);
  // Whoever has an identity of somebody erased is another person: they are blocked, and keep what they are known by.
  const known = here ?? (isErased ? undefined : [...others][0]);
  if (known === undefined && !isNameless && !contact.blocks.some(matters)) {
    return { blocked: 0, lifted: 0, contactIds: [] };
  }
  const main = known ?? contact.contactId;
  if (known === undefined) {
    await insertLostContact(ctx.tx, workspaceId, main);
  }
  others.delete(main);
  await lockContacts(
    ctx.tx,
    [main, ...others].map((contactId) => ({ workspaceId, contactId })),
  );
  if (isErased) {
    await giveHashes(ctx, main, claimed);
  } else if (open !== undefined || isNameless || known === undefined) {
    await giveIdentities(ctx, main, claimed);
  }
  const done = await restoreBlocks(ctx, main, contact.blocks);
  const contactIds = [main, ...others];
  if (open === undefined) {
    return { ...done, contactIds };
  }
  let { blocked } = done;
  for (const other of others) {
    blocked += (await restoreBlocks(ctx, other, [{ ...open, id: newId() }])).blocked;
  }
  return { ...done, blocked, contactIds };
};
