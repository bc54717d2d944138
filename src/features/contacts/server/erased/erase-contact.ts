import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound, RepeatTransactionError } from '#platform/server/errors.ts';
import { identityHashOf } from '../awaited.ts';
import { insertHashedNames, retireHashedNames } from '../awaited-store.ts';
import { findNameFamily } from '../names/cover-store.ts';
import type { MatchKey } from '../normalize-identity.ts';
import { lockContacts } from '../store.ts';
import {
  deleteHashesOf,
  findErasable,
  findNamesOf,
  forgetPeople,
  gatherHashes,
  type NameOfPerson,
} from './erase-store.ts';

/** The contact, and those that merges have used up for it, in id order: all of them are the person. */
export const findPerson = (ctx: Ctx, contactId: string): Promise<string[]> =>
  findNameFamily(ctx.tx, ctx.actor.workspaceId, [contactId]);

const requireErasable = async (ctx: Ctx, contactId: string): Promise<void> => {
  const state = await findErasable(ctx.tx, ctx.actor.workspaceId, contactId);
  if (state === undefined) {
    throw notFound('contact');
  }
  if (state.isErased) {
    throw new AppError('contact-erased', 409);
  }
  if (state.mergedInto !== null) {
    throw new AppError('contact-merged', 409);
  }
};

/**
 * Locks whoever is to be erased, and others whose history goes along, by one statement in id order.
 * @returns every contact that is the person
 * @throws AppError contact-not-found, contact-erased, contact-merged
 */
export const lockPerson = async (
  ctx: Ctx,
  contactId: string,
  alsoLock: readonly string[],
): Promise<string[]> => {
  const { workspaceId } = ctx.actor;
  const before = await findPerson(ctx, contactId);
  await lockContacts(
    ctx.tx,
    [contactId, ...before, ...alsoLock].map((id) => ({ workspaceId, contactId: id })),
  );
  await requireErasable(ctx, contactId);
  if ((await findPerson(ctx, contactId)).join() !== before.join()) {
    throw new RepeatTransactionError('contacts were merged while they were being locked');
  }
  return before;
};

/** All that the person is or was known by; the contacts are locked. */
export const findNamesOfPerson = (
  ctx: Ctx,
  contactIds: readonly string[],
): Promise<NameOfPerson[]> => findNamesOf(ctx.tx, ctx.actor.workspaceId, contactIds);

/**
 * Takes out what a person is called and known by. Nobody is found under these contacts any more; who comes under one of the
 * identities is somebody new, unless the person is blocked: then a keyed hash of each stays, for the gate alone.
 * @param contactIds every contact that is the person, locked
 */
export const forgetPerson = async (
  ctx: Ctx,
  contactId: string,
  contactIds: readonly string[],
  { isKeptOut }: { readonly isKeptOut: boolean },
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  if (isKeptOut) {
    const names = await findNamesOf(ctx.tx, workspaceId, contactIds);
    await gatherHashes(ctx.tx, workspaceId, contactId, contactIds);
    await learnHashed(ctx, contactId, names);
    await deleteHashesOf(
      ctx.tx,
      workspaceId,
      contactIds.filter((id) => id !== contactId),
    );
  } else {
    await deleteHashesOf(ctx.tx, workspaceId, contactIds);
  }
  await forgetPeople(ctx.tx, workspaceId, contactIds);
  for (const id of contactIds) {
    ctx.notices.add(workspaceId, 'contact', id);
  }
};

/** An erased person who is kept out has these names as well. Only their hashes are stored. @returns whether one is new */
export const learnHashed = (
  ctx: Ctx,
  contactId: string,
  names: readonly (MatchKey & { readonly isFormer?: boolean })[],
): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  const hashed = new Map(
    // What is current wins over what was left behind.
    [...names]
      .sort((a, b) => Number(b.isFormer ?? false) - Number(a.isFormer ?? false))
      .map(({ key, kind, isFormer = false }) => {
        const hash = identityHashOf(ctx.keyed, workspaceId, key);
        return [key, { hash, kind, isFormer }];
      }),
  );
  return insertHashedNames(ctx.tx, workspaceId, contactId, [...hashed.values()]);
};

/**
 * An erased person who is kept out has left these behind: they stay out under them, and nothing more is learnt by them.
 * @param areNumbersToo all numbers they are known by as well
 */
export const retireHashed = (
  ctx: Ctx,
  contactId: string,
  names: readonly MatchKey[],
  { areNumbersToo }: { readonly areNumbersToo: boolean },
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const hashes = names.map(({ key }) => identityHashOf(ctx.keyed, workspaceId, key));
  return retireHashedNames(ctx.tx, workspaceId, contactId, hashes, areNumbersToo);
};
