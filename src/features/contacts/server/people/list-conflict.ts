import type { Ctx } from '#platform/server/deps.ts';
import type { Conflict } from '../assign-identity.ts';
import { openConflict } from './conflict-store.ts';

/** Lists a conflict of identities for a person, and tells the open screens when it is news. */
export const listConflict = async (
  ctx: Ctx,
  workspaceId: string,
  contactId: string,
  conflict: Conflict,
): Promise<void> => {
  if (await openConflict(ctx.tx, workspaceId, contactId, conflict)) {
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
};
