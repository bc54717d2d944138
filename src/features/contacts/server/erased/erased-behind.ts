import type { Ctx } from '#platform/server/deps.ts';
import { type ErasedName, findAwaitedAmong, type Lookup } from '../awaited.ts';
import { outdateHeirOf } from '../new-heir-store.ts';
import { findNamesToAsk } from './erase-store.ts';

/**
 * Which identities that this contact has now are those of somebody who was erased while blocked: what is sent to it would reach
 * that person. Where nobody was ever erased it costs one look-up.
 */
export const findErasedBehind = async (
  lookup: Lookup,
  workspaceId: string,
  contactId: string,
): Promise<readonly ErasedName[]> => {
  const names = await findNamesToAsk(lookup.tx, workspaceId, contactId);
  const named = names.map((identity) => ({ workspaceId, identity }));
  const { erased } = await findAwaitedAmong(lookup, named);
  return erased.filter((one) => one.contactId !== contactId);
};

/**
 * This contact, locked, has come to identities by a change of number or a merge. Where one is that of somebody who was erased while
 * blocked, nothing that waits for it from before leaves, not even once that block has ended (docs/gate.md, epoch).
 */
export const outdateHeirOfErased = async (ctx: Ctx, contactId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const behind = await findErasedBehind(ctx, workspaceId, contactId);
  if (behind.length > 0) {
    const formerIds = behind.map((one) => one.contactId);
    await outdateHeirOf(ctx.tx, workspaceId, contactId, formerIds);
  }
};
