import type { PersonNames, PersonRef } from '#channels/channel.ts';
import {
  assignIdentity,
  findKnownAccounts,
  type Holder,
  insertContact,
  type KnownAccounts,
  type Learning,
  listConflict,
  type MatchKey,
  matchKeysOf,
  type Resolution,
  recordNames,
} from '#features/contacts/server/index.ts';
import { noteIdentities } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';

/** Whose item it is. */
export interface PersonItem {
  readonly workspaceId: string;
  readonly person: PersonRef;
  readonly names: PersonNames;
  /** When it was sent, in whole seconds by WhatsApp's clock. */
  readonly timestamp?: number;
  /** True where a number may be spelt otherwise than the person writes from: it corrects no spelling that is known. */
  readonly isSpellingUncertain?: boolean;
  /** Our own phone wrote to them, which is let through though they may be blocked. */
  readonly isToThem?: boolean;
}

/** Gives each admitted item its contact, one after another: what one item teaches, the next one of the batch knows. */
export interface Placing {
  contactOf(item: PersonItem): Promise<string>;
}

/** True unless the item is by somebody known, with identities all known, spelt as known: almost always. */
const isSettled = (keys: readonly MatchKey[], holders: readonly Holder[]): boolean => {
  const first = holders[0];
  return (
    first !== undefined &&
    holders.length === keys.length &&
    holders.every((holder) => !holder.isFormer && holder.contactId === first.contactId)
  );
};

/**
 * An uncertain number has a plus sign until the person writes: WhatsApp would take bare digits for a number of our own
 * country.
 */
export const keysToLearn = (item: PersonItem, keys: readonly MatchKey[]): readonly MatchKey[] =>
  item.isSpellingUncertain === true
    ? keys.map((key) => (key.kind === 'phone' ? { ...key, value: `+${key.value}` } : key))
    : keys;

const assign = async (
  ctx: Ctx,
  learning: Learning,
  known: KnownAccounts,
  item: PersonItem,
): Promise<string> => {
  const { workspaceId, names } = item;
  const timestamp = item.timestamp ?? null;
  const keys = matchKeysOf(item.person);
  const assignment = assignIdentity({
    keys,
    holders: learning.holdersOf(workspaceId, item.person),
    ...known,
    timestamp,
  });
  if (assignment.kind === 'merge') {
    // Merges were made before the gate was asked; what is left is of this very batch: the account wins.
    return assignment.contactIds[0];
  }
  await learning.retire(workspaceId, assignment.changes.retire);
  const contactId =
    assignment.kind === 'existing'
      ? assignment.contactId
      : await insertContact(ctx.tx, {
          workspaceId,
          profileName: names.profileName ?? null,
          username: names.username ?? null,
        });
  await learning.learn(
    workspaceId,
    contactId,
    keysToLearn(item, assignment.changes.learn),
    timestamp,
  );
  if (item.isToThem && assignment.kind === 'existing' && assignment.changes.learn.length > 0) {
    await noteIdentities(ctx.tx, workspaceId, [contactId]);
  }
  known.note(contactId, assignment.changes.learn);
  for (const conflict of assignment.changes.conflicts) {
    await listConflict(ctx, workspaceId, contactId, conflict);
  }
  return contactId;
};

const refresh = async (
  ctx: Ctx,
  resolution: Resolution,
  item: PersonItem,
  contactId: string,
): Promise<void> => {
  const contact = resolution.contact(contactId);
  const { profileName, username } = item.names;
  const hasNews =
    contact !== undefined &&
    !contact.isNameRemoved &&
    ((profileName !== undefined && profileName !== contact.profileName) ||
      (username !== undefined && username !== contact.username));
  if (hasNews) {
    await recordNames(ctx.tx, item.workspaceId, contactId, item.names);
    ctx.notices.add(item.workspaceId, 'contact', contactId);
  }
};

/** @param items every admitted item of the batch, so that what they need is read once */
export const startPlacing = async (
  ctx: Ctx,
  resolution: Resolution,
  learning: Learning,
  items: readonly PersonItem[],
): Promise<Placing> => {
  const unsettled = items.flatMap((item) => {
    const { workspaceId } = item;
    const holders = learning.holdersOf(workspaceId, item.person);
    return isSettled(matchKeysOf(item.person), holders)
      ? []
      : holders.map(({ contactId }) => [contactId, { workspaceId, contactId }] as const);
  });
  const known = await findKnownAccounts(ctx.tx, [...new Map(unsettled).values()]);
  return {
    contactOf: async (item) => {
      const keys = matchKeysOf(item.person);
      const holders = learning.holdersOf(item.workspaceId, item.person);
      const contactId =
        isSettled(keys, holders) && holders[0] !== undefined
          ? holders[0].contactId
          : await assign(ctx, learning, known, item);
      if (item.isSpellingUncertain !== true) {
        await learning.respell(item.workspaceId, item.person);
        known.note(contactId, keys);
      }
      await refresh(ctx, resolution, item, contactId);
      return contactId;
    },
  };
};
