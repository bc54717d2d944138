import type { Ctx } from '#platform/server/deps.ts';
import type { JournaledRemoval, NameRemovedBy } from './journal-body.ts';
import {
  countUnwritten,
  insertContactsDue,
  insertNameRemovals,
  insertRemovals,
  type RemovedBy,
} from './journal-store.ts';
import { deletePrint, insertPrints, type RemovedPrint } from './print-store.ts';

/**
 * In the transaction that removes messages: they are written into the journal after its commit.
 * @param messages each with the keyed hash by which it is known when it comes again
 */
export const noteRemovals = (
  ctx: Ctx,
  by: RemovedBy,
  messages: readonly { readonly id: string; readonly hash: Buffer | null }[],
): Promise<void> => insertRemovals(ctx.tx, ctx.actor.workspaceId, by, messages);

/** In the same transaction: what the files are recognised by that went with them. */
export const notePrints = (
  ctx: Ctx,
  requestId: string,
  prints: readonly RemovedPrint[],
): Promise<void> => insertPrints(ctx.tx, ctx.actor.workspaceId, requestId, prints);

/** It matches nothing any more: a new journal does not have it. The lines that are written stay. */
export const forgetPrint = (ctx: Ctx, print: RemovedPrint): Promise<void> =>
  deletePrint(ctx.tx, ctx.actor.workspaceId, print);

/** What a line says of fingerprints; sealed again it is another text each time. */
export const openPrints = (
  { keyed, actor }: Pick<Ctx, 'keyed' | 'actor'>,
  { prints = [] }: JournaledRemoval,
): RemovedPrint[] =>
  prints.flatMap(({ kind, sealed }) => {
    const hex = keyed.unseal('journal-print', sealed, actor.workspaceId);
    return hex === undefined ? [] : [{ kind, hash: Buffer.from(hex, 'hex') }];
  });

/**
 * In the transaction that takes away what these contacts are called: that they have no name any more is due by itself (a trigger
 * of migration 0040), and this says by which request.
 */
export const noteNameRemoval = (
  ctx: Ctx,
  by: NameRemovedBy,
  contactIds: readonly string[],
): Promise<void> => insertNameRemovals(ctx.tx, ctx.actor.workspaceId, by, contactIds);

/**
 * Whether everything that was removed by this request is in the journal for good.
 * @param contactIds whose name it removed
 */
export const isJournaled = async (
  ctx: Ctx,
  requestId: string,
  contactIds: readonly string[],
): Promise<boolean> =>
  (await countUnwritten(ctx.tx, ctx.actor.workspaceId, requestId, contactIds)) === 0;

/** In the transaction that erases people: that they were is written into the journal after its commit. */
export const noteContacts = (ctx: Ctx, contactIds: readonly string[]): Promise<void> =>
  insertContactsDue(ctx.tx, ctx.actor.workspaceId, contactIds);
