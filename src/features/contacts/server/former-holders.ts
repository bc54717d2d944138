import type { Lookup } from './awaited.ts';
import { findErasedBehind } from './erased/erased-behind.ts';
import { findLeftBehind } from './store.ts';

/**
 * Contacts that left behind an identity which this contact has now; of those whose data was erased only the keyed hash of it is
 * left to tell by.
 */
export const findFormerHolders = async (
  lookup: Lookup,
  workspaceId: string,
  contactId: string,
): Promise<string[]> => {
  const [left, erased] = await Promise.all([
    findLeftBehind(lookup.tx, workspaceId, contactId),
    findErasedBehind(lookup, workspaceId, contactId),
  ]);
  return [...new Set([...left, ...erased].map((former) => former.contactId))];
};
