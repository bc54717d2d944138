import type { ContactSyncItem } from '#channels/channel.ts';
import {
  accountAmong,
  areApart,
  findBsuids,
  type Learning,
  matchKeysOf,
  type Resolution,
  recordBookNames,
} from '#features/contacts/server/index.ts';
import { assertPassed, type Passed } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { keysToLearn, type PersonItem, startPlacing } from './place-people.ts';

type PassedEntry = Passed<ContactSyncItem>;

const ownerOf = ({ workspaceId, person }: ContactSyncItem): PersonItem => ({
  workspaceId,
  person,
  // The user name is recorded with the name, under the entry's time.
  names: {},
  isSpellingUncertain: true,
});

/** People of whom nobody has anything, each once: a whole address book of them takes two statements. */
const makeUnknown = async (learning: Learning, added: readonly PassedEntry[]): Promise<void> => {
  const seen = new Set<string>();
  const unknown = added.flatMap(({ item }) => {
    const { workspaceId, person } = item;
    const keys = matchKeysOf(person);
    const names = keys.map(({ key }) => `${workspaceId}/${key}`);
    const isKnown =
      learning.holdersOf(workspaceId, person).length > 0 || names.some((name) => seen.has(name));
    for (const name of isKnown ? [] : names) {
      seen.add(name);
    }
    return isKnown ? [] : [{ workspaceId, keys: keysToLearn(ownerOf(item), keys) }];
  });
  await learning.make(unknown);
};

/**
 * Whose entry was removed; nobody is made or learnt for it. A number that another account has by now is not the one
 * that the entry was of.
 */
const findRemoved = async (
  ctx: Ctx,
  learning: Learning,
  removed: readonly PassedEntry[],
): Promise<(string | undefined)[]> => {
  const found = removed.map(({ item }) => {
    const holders = learning.holdersOf(item.workspaceId, item.person).filter((h) => !h.isFormer);
    const of = (kind: string) => holders.find((holder) => holder.kind === kind)?.contactId;
    const [byAccount, byNumber] = [of('bsuid'), of('phone')];
    return { item, byAccount, byNumber };
  });
  const accounts = await findBsuids(
    ctx.tx,
    found.flatMap(({ item: { workspaceId }, byNumber }) =>
      byNumber === undefined ? [] : [{ workspaceId, contactId: byNumber }],
    ),
  );
  return found.map(({ item, byAccount, byNumber }) => {
    const own = accountAmong(matchKeysOf(item.person));
    const isAnothers =
      own !== undefined && accounts.some((one) => one.contactId === byNumber && areApart(one, own));
    return byAccount ?? (isAnothers ? undefined : byNumber);
  });
};

/** The newest entry of each contact; of two in one second the one told last. */
const newestOf = (
  entries: readonly { readonly contactId: string; readonly item: ContactSyncItem }[],
) => {
  const byContact = new Map<string, { contactId: string; item: ContactSyncItem }>();
  for (const entry of entries) {
    const known = byContact.get(entry.contactId);
    if (known === undefined || known.item.timestamp <= entry.item.timestamp) {
      byContact.set(entry.contactId, entry);
    }
  }
  return [...byContact.values()].map(({ contactId, item }) => ({
    workspaceId: item.workspaceId,
    contactId,
    name: item.bookName,
    username: item.username ?? null,
    at: item.timestamp,
  }));
};

/**
 * What the address book on our own phone says of people the gate let pass. Whoever is new becomes a contact, to be found
 * by that name; no conversation, nothing unread. After the messages of the batch, so that two of one person are one.
 */
export const receiveAddressBook = async (
  ctx: Ctx,
  resolution: Resolution,
  learning: Learning,
  passed: readonly PassedEntry[],
): Promise<void> => {
  if (passed.length === 0) {
    return;
  }
  const added = passed.filter(({ item }) => item.bookName !== null);
  await makeUnknown(learning, added);
  const placing = await startPlacing(
    ctx,
    resolution,
    learning,
    added.map(({ item }) => ownerOf(item)),
  );
  const contactIds = new Map<PassedEntry, string | undefined>();
  for (const entry of added) {
    contactIds.set(entry, await placing.contactOf(ownerOf(entry.item)));
  }
  const removed = passed.filter(({ item }) => item.bookName === null);
  for (const [index, contactId] of (await findRemoved(ctx, learning, removed)).entries()) {
    const entry = removed[index];
    if (entry !== undefined) {
      contactIds.set(entry, contactId);
    }
  }
  // In the order in which they were told.
  const placed = passed.flatMap((entry) => {
    const contactId = contactIds.get(entry);
    if (contactId === undefined) {
      return [];
    }
    assertPassed(entry, ctx.tx, contactId);
    return [{ contactId, item: entry.item }];
  });
  for (const { workspaceId, contactId } of await recordBookNames(ctx.tx, newestOf(placed))) {
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
};
