import {
  findHashesKeptOut,
  identityHashOf,
  resolveContacts,
} from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { enqueueApply, enqueueCheck, type ListPlace } from './job-names.ts';
import { learnFromList } from './learn-from-list.ts';
import {
  findListedKeys,
  findTelling,
  findUnsettled,
  type ListedPair,
  settleRows,
  settleStrangers,
} from './listed-store.ts';
import { endReading, noteSettled, type Reading } from './reading-store.ts';
import { findMissing, insertMissingOf, type Piece } from './row-store.ts';

/** Contacts that one piece locks: what arrives from one of them waits until it has committed. */
const mostLocked = 1_000;
/** Of so many a reading teaches names; of the rest the next one does. Each may be two contacts by now. */
const mostTelling = mostLocked / 2;
/** Before every contact. */
const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Names on the list that are known as hashes alone; where nobody was erased while blocked nothing is hashed. */
const findErasedListed = async (ctx: Ctx, place: ListPlace, readId: string): Promise<string[]> => {
  const { workspaceId } = place;
  const kept = new Set(
    (await findHashesKeptOut(ctx.tx, workspaceId)).map((hash) => hash.toString('hex')),
  );
  const listed = kept.size === 0 ? [] : await findListedKeys(ctx.tx, place, readId);
  return listed.filter((key) =>
    kept.has(identityHashOf(ctx.keyed, workspaceId, key).toString('hex')),
  );
};

/** Whose rows are not as the list is, the next ones in the order of their ids. */
const findPiece = async (
  ctx: Ctx,
  place: ListPlace,
  judged: { readonly readId: string; readonly from: Date },
  piece: Piece,
): Promise<string[]> => {
  const unsettled = await findUnsettled(ctx.tx, place, judged, piece);
  const missing = await findMissing(ctx.tx, place, piece);
  return [...new Set([...unsettled, ...missing])].sort().slice(0, piece.limit);
};

/** Locks them all, and whom the list tells names of: a second lock of this transaction would be out of order. */
const lockAndLearn = async (
  ctx: Ctx,
  { workspaceId }: ListPlace,
  telling: readonly ListedPair[],
  contactIds: readonly string[],
): Promise<void> => {
  const resolution = await resolveContacts(
    ctx,
    telling.map((person) => ({ workspaceId, person })),
    contactIds.map((contactId) => ({ workspaceId, contactId })),
  );
  await learnFromList(ctx, resolution, telling);
};

/**
 * Of what was read, the next piece: what differs is repaired where it was asked for, and listed where it was not. How far it has
 * come commits with it, and so does the job that goes on; with the last one the reading ends.
 * @param reading that was whole
 */
export const settlePiece = async (
  ctx: Ctx,
  place: ListPlace,
  { id, from, settledTo }: Reading,
): Promise<void> => {
  const { workspaceId } = place;
  const judged = { readId: id, from };
  const telling = settledTo === null ? await findTelling(ctx.tx, place, id, mostTelling) : [];
  const after = settledTo ?? beforeAll;
  const limit = mostLocked - 2 * telling.length;
  const contactIds = await findPiece(ctx, place, judged, { after, limit });
  await lockAndLearn(ctx, place, telling, contactIds);
  await settleRows(ctx.tx, place, judged, contactIds);
  await insertMissingOf(ctx.tx, place, contactIds);
  if (contactIds.length < limit) {
    await settleStrangers(ctx.tx, place, id, await findErasedListed(ctx, place, id));
    await endReading(ctx.tx, place, id);
  } else {
    await noteSettled(ctx.tx, place, id, contactIds.at(-1) ?? after);
    await enqueueCheck(ctx.tx, { ...place, readId: id });
  }
  for (const contactId of contactIds) {
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
  await enqueueApply(ctx.tx, place);
};
