import type { Ctx } from '#platform/server/deps.ts';
import { countUnwritten, insertContactsDue, insertRemovals } from './journal-store.ts';

/** The request by which they were removed. */
export interface RemovedBy {
  readonly requestId: string;
  readonly number: number;
}

/**
 * In the transaction that removes messages: they are written into the journal after its commit.
 * @param messages each with the keyed hash by which it is known when it comes again
 */
export const noteRemovals = (
  ctx: Ctx,
  by: RemovedBy,
  messages: readonly { readonly id: string; readonly hash: Buffer | null }[],
): Promise<void> => insertRemovals(ctx.tx, ctx.actor.workspaceId, by, messages);

/** Whether everything that was removed by this request is in the journal for good. */
export const isJournaled = async (ctx: Ctx, requestId: string): Promise<boolean> =>
  (await countUnwritten(ctx.tx, ctx.actor.workspaceId, requestId)) === 0;

/** In the transaction that erases people: that they were is written into the journal after its commit. */
export const noteContacts = (ctx: Ctx, contactIds: readonly string[]): Promise<void> =>
  insertContactsDue(ctx.tx, ctx.actor.workspaceId, contactIds);
