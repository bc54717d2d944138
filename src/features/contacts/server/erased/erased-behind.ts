import { type ErasedName, findAwaitedAmong, type Lookup } from '../awaited.ts';
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
