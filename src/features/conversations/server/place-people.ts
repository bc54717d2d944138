import type { PersonNames, PersonRef } from '#channels/channel.ts';
import {
  assignIdentity,
  findBsuids,
  type Holder,
  insertContact,
  learnIdentities,
  type MatchKey,
  matchKeysOf,
  openConflict,
  type Resolution,
  recordNames,
  respellIdentity,
  retireIdentities,
} from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';

/** Whose item it is. */
export interface PersonItem {
  readonly workspaceId: string;
  readonly person: PersonRef;
  readonly names: PersonNames;
}

/** Gives each admitted item its contact, one after another: what one item teaches, the next one of the batch knows. */
export interface Placing {
  contactOf(item: PersonItem): Promise<string>;
}

interface Known {
  /** By workspace: what this batch has taught so far. */
  readonly holders: Map<string, Holder[]>;
  readonly retired: Set<string>;
  /** By contact: current BSUID match keys. */
  readonly bsuids: Map<string, Set<string>>;
}

const bsuidsOf = async (
  ctx: Ctx,
  contacts: readonly { workspaceId: string; contactId: string }[],
): Promise<Map<string, Set<string>>> => {
  const byContact = new Map<string, Set<string>>();
  for (const { contactId, matchKey } of await findBsuids(ctx.tx, contacts)) {
    byContact.set(contactId, (byContact.get(contactId) ?? new Set()).add(matchKey));
  }
  return byContact;
};

/** True unless the item is by somebody known, with identities all known, spelt as known: almost always. */
const isSettled = (keys: readonly MatchKey[], holders: readonly Holder[]): boolean => {
  const first = holders[0];
  return (
    first !== undefined &&
    holders.length === keys.length &&
    holders.every((holder) => !holder.isFormer && holder.contactId === first.contactId)
  );
};

const learn = async (
  ctx: Ctx,
  known: Known,
  workspaceId: string,
  contactId: string,
  keys: readonly MatchKey[],
): Promise<void> => {
  await learnIdentities(ctx.tx, workspaceId, contactId, keys);
  const taught = known.holders.get(workspaceId) ?? [];
  known.holders.set(workspaceId, taught);
  for (const { key, kind, value } of keys) {
    taught.push({ contactId, identityId: key, matchKey: key, kind, value, isFormer: false });
    if (kind === 'bsuid') {
      known.bsuids.set(contactId, (known.bsuids.get(contactId) ?? new Set()).add(key));
    }
  }
};

const assign = async (
  ctx: Ctx,
  known: Known,
  item: PersonItem,
  keys: readonly MatchKey[],
  holders: readonly Holder[],
): Promise<string> => {
  const own = new Set(keys.map((key) => key.key));
  const assignment = assignIdentity({
    keys,
    holders,
    hasOtherBsuid: (id) => [...(known.bsuids.get(id) ?? [])].some((key) => !own.has(key)),
  });
  if (assignment.kind === 'merge') {
    // Merges were made before the gate was asked; what is left is of this very batch: the account wins.
    return assignment.contactIds[0];
  }
  const { workspaceId, names } = item;
  await retireIdentities(ctx.tx, workspaceId, assignment.changes.retire);
  for (const holder of assignment.changes.retire) {
    known.retired.add(holder.identityId);
  }
  const contactId =
    assignment.kind === 'existing'
      ? assignment.contactId
      : await insertContact(ctx.tx, {
          workspaceId,
          profileName: names.profileName ?? null,
          username: names.username ?? null,
        });
  await learn(ctx, known, workspaceId, contactId, assignment.changes.learn);
  for (const conflict of assignment.changes.conflicts) {
    await openConflict(ctx.tx, workspaceId, contactId, conflict);
  }
  return contactId;
};

const refresh = async (
  ctx: Ctx,
  resolution: Resolution,
  item: PersonItem,
  contactId: string,
  respelt: readonly MatchKey[],
): Promise<void> => {
  for (const key of respelt) {
    await respellIdentity(ctx.tx, item.workspaceId, contactId, key);
  }
  const contact = resolution.contact(contactId);
  const { profileName, username } = item.names;
  const hasNews =
    contact !== undefined &&
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
  items: readonly PersonItem[],
): Promise<Placing> => {
  const unsettled = items.flatMap((item) => {
    const holders = resolution.holdersOf(item.workspaceId, item.person);
    const { workspaceId } = item;
    return isSettled(matchKeysOf(item.person), holders)
      ? []
      : holders.map(({ contactId }) => [contactId, { workspaceId, contactId }] as const);
  });
  const known: Known = {
    holders: new Map(),
    retired: new Set(),
    bsuids: await bsuidsOf(ctx, [...new Map(unsettled).values()]),
  };
  return {
    contactOf: async (item) => {
      const keys = matchKeysOf(item.person);
      const own = new Set(keys.map((key) => key.key));
      const holders = resolution
        .holdersOf(item.workspaceId, item.person)
        .filter((holder) => !known.retired.has(holder.identityId))
        .concat(
          (known.holders.get(item.workspaceId) ?? []).filter((holder) => own.has(holder.matchKey)),
        );
      const contactId =
        isSettled(keys, holders) && holders[0] !== undefined
          ? holders[0].contactId
          : await assign(ctx, known, item, keys, holders);
      const respelt = keys.filter((key) =>
        holders.some((h) => h.matchKey === key.key && !h.isFormer && h.value !== key.value),
      );
      await refresh(ctx, resolution, item, contactId, respelt);
      return contactId;
    },
  };
};
