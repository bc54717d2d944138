import { openConflict } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';

/** Lists a conflict of identities for a person, and tells the open screens when it is news. */
export const listConflict = async (
  ctx: Ctx,
  workspaceId: string,
  contactId: string,
  conflict: Parameters<typeof openConflict>[3],
): Promise<void> => {
  if (await openConflict(ctx.tx, workspaceId, contactId, conflict)) {
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
};
