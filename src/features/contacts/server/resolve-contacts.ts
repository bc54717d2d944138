import type { Tx } from '#platform/server/deps.ts';
import { RepeatTransactionError } from '#platform/server/errors.ts';
import type { Holder } from './assign-identity.ts';
import { matchKeysOf, type PersonRef } from './normalize-identity.ts';
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
}

export interface PersonInWorkspace {
  readonly workspaceId: string;
  readonly person: PersonRef;
}

const uniqueKeys = (people: readonly PersonInWorkspace[]): KeyInWorkspace[] => {
  const unique = new Map<string, KeyInWorkspace>();
  for (const { workspaceId, person } of people) {
    for (const { key } of matchKeysOf(person)) {
      unique.set(`${workspaceId}/${key}`, { workspaceId, key });
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

/**
 * Identities → contacts, locked in id order, then resolved again: a merge that committed while we waited for a lock has
 * moved identities, and its loser is never written to.
 * @param alsoLock contacts known by id (whose messages a status speaks of); locked in the same sorted statement
 * @throws ContactsMovedError when the second answer differs; repeat the transaction
 */
export const resolveContacts = async (
  tx: Tx,
  people: readonly PersonInWorkspace[],
  alsoLock: readonly { workspaceId: string; contactId: string }[] = [],
): Promise<Resolution> => {
  const keys = uniqueKeys(people);
  const before = keys.length > 0 ? await lockAndFind(tx, keys) : [];
  const [locked, after] = await Promise.all([
    lockContacts(tx, [...before, ...alsoLock]),
    before.length > 0 ? findHolders(tx, keys) : before,
  ]);
  if (!sameHolders(before, after)) {
    throw new ContactsMovedError('identities moved while their contacts were being locked');
  }
  return resolutionOf(after, locked);
};

/** The same look-up again inside the transaction that already holds the locks (after a merge of its own). */
export const resolveAgain = async (
  tx: Tx,
  people: readonly PersonInWorkspace[],
): Promise<Resolution> => {
  const holders = await findHolders(tx, uniqueKeys(people));
  return resolutionOf(holders, await lockContacts(tx, holders));
};
