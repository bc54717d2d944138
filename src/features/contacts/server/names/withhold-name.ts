import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { ContactsMovedError } from '../resolve-contacts.ts';
import { lockContacts } from '../store.ts';
import {
  deleteCovers,
  eraseNames,
  findCoveredBy,
  findNameFamily,
  findNameRequest,
  findNotErased,
  insertCovers,
  readNames,
  type StoredNames,
} from './cover-store.ts';

const lockAll = (ctx: Ctx, contactIds: readonly string[]) => {
  const { workspaceId } = ctx.actor;
  return lockContacts(
    ctx.tx,
    contactIds.map((contactId) => ({ workspaceId, contactId })),
  );
};

/** The contact, and what merges have used up for it, locked in one statement; looked up again. */
const lockFamilyOf = async (ctx: Ctx, contactIds: readonly string[]): Promise<string[]> => {
  const { workspaceId } = ctx.actor;
  const family = await findNameFamily(ctx.tx, workspaceId, contactIds);
  await lockAll(ctx, family);
  const again = await findNameFamily(ctx.tx, workspaceId, contactIds);
  if (again.join() !== family.join()) {
    throw new ContactsMovedError('contacts were merged while their names were being locked');
  }
  return family;
};

const tell = (ctx: Ctx, contactIds: readonly string[]): void => {
  for (const id of contactIds) {
    ctx.notices.add(ctx.actor.workspaceId, 'contact', id);
  }
};

/**
 * Locks a contact of whose name somebody asks the removal.
 * @returns the request that covers its name already, if there is one
 * @throws AppError contact-not-found, name-not-removable: it has no name
 */
export const lockNamed = async (ctx: Ctx, contactId: string): Promise<string | undefined> => {
  const { workspaceId } = ctx.actor;
  const [contact] = await lockAll(ctx, [contactId]);
  if (contact === undefined || contact.mergedInto !== null) {
    throw notFound('contact');
  }
  const names = await readNames(ctx.tx, workspaceId, contactId);
  if (!Object.values(names ?? {}).some(Boolean)) {
    throw new AppError('name-not-removable', 422);
  }
  return findNameRequest(ctx.tx, workspaceId, contactId);
};

/** From this commit on the masked number stands for the name, for everybody, until the request is decided. */
export const coverName = async (ctx: Ctx, requestId: string, contactId: string): Promise<void> => {
  const family = await lockFamilyOf(ctx, [contactId]);
  await insertCovers(ctx.tx, ctx.actor.workspaceId, requestId, family);
  tell(ctx, family);
};

/** Locks everybody whose name a request covers; before the request itself (ARCHITECTURE.md, lock order). */
export const lockCoveredNames = async (ctx: Ctx, requestId: string): Promise<string[]> => {
  const { workspaceId } = ctx.actor;
  const covered = await findCoveredBy(ctx.tx, workspaceId, requestId);
  const family = await lockFamilyOf(ctx, covered);
  if ((await findCoveredBy(ctx.tx, workspaceId, requestId)).join() !== covered.join()) {
    throw new ContactsMovedError('a cover moved while its contacts were being locked');
  }
  return family;
};

/** The name is back as it was, with what was learnt meanwhile; the contacts are locked by `lockCoveredNames`. */
export const restoreName = async (
  ctx: Ctx,
  requestId: string,
  contactIds: readonly string[],
): Promise<void> => {
  await deleteCovers(ctx.tx, ctx.actor.workspaceId, requestId, contactIds);
  tell(ctx, contactIds);
};

/**
 * Takes out for good what these contacts are called, whoever called them so, and keeps nothing that WhatsApp calls them from
 * now on. Our people may give a name. The contacts are locked by `lockCoveredNames` or `lockStillNamed`.
 * @param at since when, where that is known from elsewhere
 */
export const removeName = async (
  ctx: Ctx,
  contactIds: readonly string[],
  at: Date | null = null,
): Promise<void> => {
  await eraseNames(ctx.tx, ctx.actor.workspaceId, contactIds, at);
  tell(ctx, contactIds);
};

/**
 * Of a database that was restored: locks these contacts and what merges have used up for them.
 * @returns those whose name had not gone by then, and whether one of them is called anything
 */
export const lockStillNamed = async (
  ctx: Ctx,
  contactIds: readonly string[],
  at: Date,
): Promise<{ contactIds: string[]; isCalled: boolean }> => {
  const family = await lockFamilyOf(ctx, contactIds);
  const still = await findNotErased(ctx.tx, ctx.actor.workspaceId, family, at);
  return { contactIds: still.map(({ id }) => id), isCalled: still.some((one) => one.hasName) };
};

/** What is under the cover, for whoever reviews. Nobody is asked whether they may. */
export const readCoveredName = (ctx: Ctx, contactId: string): Promise<StoredNames | undefined> =>
  readNames(ctx.tx, ctx.actor.workspaceId, contactId);
