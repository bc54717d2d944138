import type { Ctx } from '#platform/server/deps.ts';
import { firstIdAt } from '#platform/shared/ids.ts';
import { identityHashOf } from './awaited.ts';
import type { HashedName } from './awaited-store.ts';
import {
  type EarlyStep,
  findCurrentNames,
  findEarlyPath,
  insertEarlyChange,
} from './early-change-store.ts';
import { type MatchKey, matchKeysOf, type PersonRef } from './normalize-identity.ts';
import { ContactsMovedError } from './resolve-contacts.ts';
import { findHolders, lockContacts } from './store.ts';

/** A change of number or account, as far as it says who is who. */
export interface NameChange {
  readonly person: PersonRef;
  readonly next: PersonRef;
  /** By WhatsApp's clock, in whole seconds. */
  readonly timestamp: number;
}

const hex = (hash: Buffer): string => hash.toString('hex');

const hashOf = ({ keyed, actor }: Ctx, { key }: MatchKey): Buffer =>
  identityHashOf(keyed, actor.workspaceId, key);

/** It is about nobody we know; it may be later than one about somebody we do, which is still to come. */
export const noteEarlyChange = async (ctx: Ctx, change: NameChange): Promise<void> => {
  const steps = matchKeysOf(change.person).flatMap((from) =>
    matchKeysOf(change.next).map((to) => ({
      from: hashOf(ctx, from),
      to: hashOf(ctx, to),
      kind: to.kind,
    })),
  );
  await insertEarlyChange(ctx.tx, ctx.actor.workspaceId, steps, change.timestamp);
};

export interface LaterHolder {
  readonly contactId: string;
  readonly matchKey: string;
}

/** Where somebody has gone on to, as changes told that came before this one. */
export interface LaterNames {
  /** What they came to by this change, and have left behind since. */
  readonly left: readonly MatchKey[];
  /** All that they came to since, which nobody else has now. */
  readonly names: readonly HashedName[];
  /** Others who have some of it now. */
  readonly holders: readonly LaterHolder[];
}

const nowhere: LaterNames = { left: [], names: [], holders: [] };

/** So many names are hashed in one go: between two pages this process does other things. */
const pageSize = 5_000;

/** Of a hash nothing can be looked up but by hashing what everybody has: this is rare, and its names are few. */
const findHoldersOf = async (
  ctx: Ctx,
  names: readonly HashedName[],
  since: string,
): Promise<LaterHolder[]> => {
  const current = names.filter(({ isFormer }) => !isFormer);
  const wanted = new Set(current.map(({ hash }) => hex(hash)));
  const kinds = [...new Set(current.flatMap(({ kind }) => (kind === null ? [] : [kind])))];
  const { workspaceId } = ctx.actor;
  const found: LaterHolder[] = [];
  let afterId: string | undefined = since;
  // Each of them is at most one contact's.
  while (afterId !== undefined && found.length < wanted.size) {
    const asked = { kinds, afterId, limit: pageSize };
    const page = await findCurrentNames(ctx.tx, workspaceId, asked);
    for (const { contactId, matchKey } of page) {
      if (wanted.has(hex(identityHashOf(ctx.keyed, workspaceId, matchKey)))) {
        found.push({ contactId, matchKey });
      }
    }
    afterId = page.length < pageSize ? undefined : page.at(-1)?.id;
  }
  return found;
};

const namesOf = (path: readonly EarlyStep[], known: ReadonlySet<string>): HashedName[] => {
  const kept = new Set(path.flatMap(({ from, to }) => (from.equals(to) ? [hex(from)] : [])));
  const left = new Set(path.map(({ from }) => hex(from)).filter((name) => !kept.has(name)));
  const later = new Map(path.map(({ to, kind }) => [hex(to), { hash: to, kind }]));
  return [...later]
    .filter(([name]) => !known.has(name))
    .map(([name, one]) => ({ ...one, isFormer: left.has(name) }));
};

/**
 * Changes come in any order. What this one leads to may have been left again by one that came before it, when nobody was known
 * by that name: it leads on to there.
 */
export const followEarlyChanges = async (
  ctx: Ctx,
  { next, timestamp }: Pick<NameChange, 'next' | 'timestamp'>,
): Promise<LaterNames> => {
  const keys = matchKeysOf(next).map((key) => ({ key, name: hashOf(ctx, key) }));
  const { workspaceId } = ctx.actor;
  const hashes = keys.map(({ name }) => name);
  const path = await findEarlyPath(ctx.tx, workspaceId, hashes, timestamp);
  if (path.length === 0) {
    return nowhere;
  }
  const isLeft = (name: Buffer) =>
    path.some(({ from }) => from.equals(name)) &&
    !path.some(({ from, to }) => from.equals(name) && to.equals(name));
  const names = namesOf(path, new Set(hashes.map(hex)));
  const holders = await findHoldersOf(ctx, names, firstIdAt(0));
  const held = new Set(
    holders.map(({ matchKey }) => hex(identityHashOf(ctx.keyed, workspaceId, matchKey))),
  );
  return {
    left: keys.filter(({ name }) => isLeft(name)).map(({ key }) => key),
    names: names.filter(({ hash }) => !held.has(hex(hash))),
    holders,
  };
};

/** Clocks of two processes differ by less, and no transaction lasts as long. */
const recentMs = 3_600_000;

/**
 * Who came to one of these while it was being written down as awaited, and so was not asked about it; to be asked once it is
 * written down.
 */
export const findNewHolders = (ctx: Ctx, { names }: LaterNames): Promise<LaterHolder[]> =>
  findHoldersOf(ctx, names, firstIdAt(Date.now() - recentMs));

/**
 * Locks whoever has some of it, out of the order of ids: a deadlock repeats. What was read without a lock is looked at once more.
 * @throws ContactsMovedError when one of them was merged, or lost that name, meanwhile: its block would be nobody's
 */
export const lockLaterHolders = async (
  { tx, actor: { workspaceId } }: Ctx,
  holders: readonly LaterHolder[],
): Promise<void> => {
  if (holders.length === 0) {
    return;
  }
  const locked = await lockContacts(
    tx,
    holders.map(({ contactId }) => ({ workspaceId, contactId })),
  );
  const now = await findHolders(
    tx,
    holders.map(({ matchKey: key }) => ({ workspaceId, key })),
  );
  const isStill = ({ contactId, matchKey }: LaterHolder): boolean =>
    now.some((one) => !one.isFormer && one.contactId === contactId && one.matchKey === matchKey);
  if (locked.some(({ mergedInto }) => mergedInto !== null) || !holders.every(isStill)) {
    throw new ContactsMovedError('whoever has a later name moved while they were being locked');
  }
};
