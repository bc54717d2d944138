import type { Ctx } from '#platform/server/deps.ts';
import { type AccountKey, accountAmong, areApart } from './accounts-apart.ts';
import type { MatchKey, PersonRef } from './normalize-identity.ts';
import { insertPeople, type NewPerson } from './people-store.ts';
import { type Resolution, resolveContacts } from './resolve-contacts.ts';
import { findBsuids, learnIdentities } from './store.ts';

export interface FoundPeople {
  /** Of each, in the same order; null: its names are of two people here, and nothing was done for it. */
  readonly contactIds: readonly (string | null)[];
  /** Who was known under one name and has come to another. */
  readonly learnt: readonly string[];
}

/** Known already, or about to be made. */
interface Somebody {
  id: string | null;
  readonly givenName: string | null;
  readonly accounts: AccountKey[];
  readonly gains: MatchKey[];
}

type ByKey = Map<string, Somebody>;

const personOf = ({ identities }: NewPerson): PersonRef =>
  Object.fromEntries(identities.map(({ kind, value }) => [kind, value]));

const findKnown = async (
  ctx: Ctx,
  resolution: Resolution,
  people: readonly NewPerson[],
): Promise<ByKey> => {
  const { workspaceId } = ctx.actor;
  const held = people
    .flatMap(({ identities }) => identities)
    .flatMap(({ key }) => {
      const holder = resolution.holdersOfKey(workspaceId, key).find(({ isFormer }) => !isFormer);
      return holder === undefined ? [] : [{ workspaceId, key, contactId: holder.contactId }];
    });
  const arePairs = people.some(({ identities }) => identities.length > 1);
  const accounts = arePairs ? await findBsuids(ctx.tx, held) : [];
  const byId = new Map<string, Somebody>();
  for (const { contactId: id } of held) {
    const own = accounts.filter(({ contactId }) => contactId === id);
    byId.set(id, { id, givenName: null, accounts: own, gains: [] });
  }
  return new Map(
    held.flatMap(({ key, contactId }) => {
      const somebody = byId.get(contactId);
      return somebody === undefined ? [] : [[key, somebody] as const];
    }),
  );
};

/** Two of them cannot both be right, nor a number that another account is known to have (`assignIdentity`). */
const place = ({ identities, givenName }: NewPerson, byKey: ByKey): Somebody | null => {
  const owners = new Set(identities.flatMap(({ key }) => byKey.get(key) ?? []));
  const [somebody = { id: null, givenName, accounts: [], gains: [] }, ...others] = owners;
  const gained = identities.filter(({ key }) => !byKey.has(key));
  const account = accountAmong(gained);
  if (
    others.length > 0 ||
    (account !== undefined && somebody.accounts.some((one) => areApart(one, account)))
  ) {
    return null;
  }
  if (account !== undefined) {
    somebody.accounts.push(account);
  }
  somebody.gains.push(...gained);
  for (const { key } of gained) {
    byKey.set(key, somebody);
  }
  return somebody;
};

/**
 * Whoever is known under these names, a phone, a business-scoped id or both of one person; made where nobody is. All of them are
 * locked, whatever their number, by the statements of one; only who comes to another name costs some of their own.
 */
export const findOrCreatePeople = async (
  ctx: Ctx,
  people: readonly NewPerson[],
): Promise<FoundPeople> => {
  const { workspaceId } = ctx.actor;
  const resolution = await resolveContacts(
    ctx,
    people.map((person) => ({ workspaceId, person: personOf(person) })),
  );
  const byKey = await findKnown(ctx, resolution, people);
  const placed = people.map((person) => place(person, byKey));
  const gaining = [...new Set(byKey.values())].filter(({ gains }) => gains.length > 0);
  const missing = gaining.filter(({ id }) => id === null);
  const made = await insertPeople(
    ctx.tx,
    workspaceId,
    missing.map(({ gains, givenName }) => ({ identities: gains, givenName })),
  );
  const learnt: string[] = [];
  for (const { id, gains } of gaining) {
    if (id === null) continue;
    await learnIdentities(ctx.tx, workspaceId, id, gains);
    learnt.push(id);
  }
  for (const [at, somebody] of missing.entries()) {
    somebody.id = made[at] ?? null;
  }
  return { contactIds: placed.map((somebody) => somebody?.id ?? null), learnt };
};
