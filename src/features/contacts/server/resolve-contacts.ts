import type { Ctx, Tx } from '#platform/server/deps.ts';
import { RepeatTransactionError } from '#platform/server/errors.ts';
import { together } from '#platform/server/together.ts';
import type { Holder } from './assign-identity.ts';
import {
  type Awaited,
  type ErasedName,
  findAwaitedAmong,
  type NamedIdentity,
  takeAwaited,
} from './awaited.ts';
import { type MatchKey, matchKeysOf, type PersonRef } from './normalize-identity.ts';
import {
  findHolders,
  type HolderInWorkspace,
  type KeyInWorkspace,
  type LockedContact,
  lockContacts,
  lockMatchKeys,
} from './store.ts';

/**
 * An identity moved to another contact between looking and locking. Carries the state of a serialization failure,
 * so that the transaction is released and repeated as a whole.
 */
export class ContactsMovedError extends RepeatTransactionError {
  override readonly name = 'ContactsMovedError';
}

/** Who is behind the identities of a batch, with every contact found locked until the transaction ends. */
export interface Resolution {
  /** Has or had one of this person's identities; each contact counts for the gate. */
  holdersOf(workspaceId: string, person: PersonRef): readonly Holder[];
  holdersOfKey(workspaceId: string, key: string): readonly Holder[];
  contact(contactId: string): LockedContact | undefined;
  /**
   * Which of this person's identities belong to somebody who was erased while blocked (decision 0046). Those contacts are locked,
   * count for the gate, and are nobody's to store with.
   */
  erasedOf(workspaceId: string, person: PersonRef): readonly ErasedName[];
}

export interface PersonInWorkspace {
  readonly workspaceId: string;
  readonly person: PersonRef;
}

type NamedIdentityKey = KeyInWorkspace & { readonly identity: MatchKey };

const uniqueKeys = (people: readonly PersonInWorkspace[]): NamedIdentityKey[] => {
  const unique = new Map<string, NamedIdentityKey>();
  for (const { workspaceId, person } of people) {
    for (const identity of matchKeysOf(person)) {
      const { key } = identity;
      unique.set(`${workspaceId}/${key}`, { workspaceId, key, identity });
    }
  }
  return [...unique.values()];
};

const sameHolders = (a: readonly HolderInWorkspace[], b: readonly HolderInWorkspace[]): boolean =>
  a.length === b.length &&
  a.every(
    (holder, index) =>
      holder.identityId === b[index]?.identityId &&
      holder.contactId === b[index].contactId &&
      holder.isFormer === b[index].isFormer,
  );

const index = (holders: readonly HolderInWorkspace[]): Map<string, Holder[]> => {
  const byKey = new Map<string, Holder[]>();
  for (const holder of holders) {
    const name = `${holder.workspaceId}/${holder.matchKey}`;
    const known = byKey.get(name);
    if (known === undefined) {
      byKey.set(name, [holder]);
    } else {
      known.push(holder);
    }
  }
  return byKey;
};

const resolutionOf = (
  holders: readonly HolderInWorkspace[],
  locked: readonly LockedContact[],
  erased: readonly ErasedName[],
): Resolution => {
  const byKey = index(holders);
  const byId = new Map(locked.map((contact) => [contact.id, contact]));
  const holdersOfKey = (workspaceId: string, key: string): readonly Holder[] =>
    byKey.get(`${workspaceId}/${key}`) ?? [];
  return {
    holdersOfKey,
    holdersOf: (workspaceId, person) =>
      matchKeysOf(person).flatMap(({ key }) => holdersOfKey(workspaceId, key)),
    contact: (contactId) => byId.get(contactId),
    erasedOf: (workspaceId, person) => {
      const keys = erased.length === 0 ? [] : matchKeysOf(person);
      return erased.filter(
        (one) =>
          one.workspaceId === workspaceId && keys.some(({ key }) => key === one.identity.key),
      );
    },
  };
};

/** Issued together, carried out in this order: the look-up sees what whoever held the keys before us has committed. */
const lockAndFind = async (
  tx: Tx,
  keys: readonly KeyInWorkspace[],
): Promise<HolderInWorkspace[]> => {
  const [, holders] = await Promise.all([lockMatchKeys(tx, keys), findHolders(tx, keys)]);
  return holders;
};

/** Those that nobody has or had: whoever awaits one of them takes it, and nobody else. */
export const isUnheld =
  (holders: readonly HolderInWorkspace[]) =>
  ({ workspaceId, identity }: NamedIdentity): boolean =>
    !holders.some((one) => one.workspaceId === workspaceId && one.matchKey === identity.key);

/** Who is behind the identities of a batch, as found under the locks of their match keys; their contacts are not locked yet. */
export interface LookedUp {
  readonly keys: readonly NamedIdentityKey[];
  readonly before: readonly HolderInWorkspace[];
  readonly awaited: readonly Awaited[];
  readonly erased: readonly ErasedName[];
}

/** Locks the match keys and looks who holds them: one way to PostgreSQL, which others may share. */
export const lookUpPeople = async (
  ctx: Pick<Ctx, 'tx' | 'keyed'>,
  people: readonly PersonInWorkspace[],
): Promise<LookedUp> => {
  const keys = uniqueKeys(people);
  // Issued together: the hashes are looked up once the keys are locked.
  const [before, hashed] = await together([
    keys.length > 0 ? lockAndFind(ctx.tx, keys) : [],
    findAwaitedAmong(ctx, keys),
  ]);
  return { keys, before, awaited: hashed.awaited.filter(isUnheld(before)), erased: hashed.erased };
};

type ContactPlace = { readonly workspaceId: string; readonly contactId: string };

/**
 * Identities → contacts, locked in id order, then resolved again: a merge that committed while we waited for a lock has
 * moved identities, and its loser is never written to. Whom the journal brought back as a contact without a name has it from here on.
 * @param alsoLock contacts known by id (whose messages a status speaks of); locked in the same sorted statement
 * @param along what may be read of everybody found as soon as they are locked; on the wire right after the locks
 * @throws ContactsMovedError when the second answer differs; repeat the transaction
 */
export const lockPeople = async (
  { tx }: Pick<Ctx, 'tx'>,
  { keys, before, awaited, erased }: LookedUp,
  alsoLock: readonly ContactPlace[] = [],
  along: (found: readonly ContactPlace[]) => Promise<void> | void = () => undefined,
): Promise<Resolution> => {
  const [locked, after] = await together([
    lockContacts(tx, [...before, ...alsoLock, ...awaited, ...erased]),
    before.length > 0 ? findHolders(tx, keys) : before,
    along([...before, ...awaited, ...erased]),
  ]);
  const isMerged = ({ contactId }: { contactId: string }): boolean =>
    locked.some(({ id, mergedInto }) => id === contactId && mergedInto !== null);
  if (!sameHolders(before, after) || awaited.some(isMerged)) {
    throw new ContactsMovedError('identities moved while their contacts were being locked');
  }
  if (awaited.length === 0) {
    return resolutionOf(after, locked, erased);
  }
  await takeAwaited(tx, awaited);
  return resolutionOf(await findHolders(tx, keys), locked, erased);
};

/**
 * `lookUpPeople` and `lockPeople`, one after the other.
 * @throws ContactsMovedError when the second answer differs; repeat the transaction
 */
export const resolveContacts = async (
  ctx: Pick<Ctx, 'tx' | 'keyed'>,
  people: readonly PersonInWorkspace[],
  alsoLock: readonly ContactPlace[] = [],
): Promise<Resolution> => lockPeople(ctx, await lookUpPeople(ctx, people), alsoLock);

/**
 * The same look-up again inside the transaction that already holds the locks (after a merge of its own, or what it has learnt). Whom
 * a change of this very batch has led to one of these names has it from here on.
 */
export const resolveAgain = async (
  ctx: Pick<Ctx, 'tx' | 'keyed'>,
  people: readonly PersonInWorkspace[],
): Promise<Resolution> => {
  const keys = uniqueKeys(people);
  const [holders, { awaited: all, erased }] = await Promise.all([
    findHolders(ctx.tx, keys),
    findAwaitedAmong(ctx, keys),
  ]);
  const awaited = all.filter(isUnheld(holders));
  const locked = await lockContacts(ctx.tx, [...holders, ...awaited, ...erased]);
  if (awaited.length === 0) {
    return resolutionOf(holders, locked, erased);
  }
  await takeAwaited(ctx.tx, awaited);
  return resolutionOf(await findHolders(ctx.tx, keys), locked, erased);
};
