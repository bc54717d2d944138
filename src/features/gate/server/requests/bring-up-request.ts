import { lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { bringUpLater } from './request-block.ts';
import { bringUpRequest, findRequestPlace } from './request-store.ts';

/** Nobody has answered in time: it is marked, the open screens are told, and its next time is set. */
export const bringUp = async (ctx: Ctx, requestId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const request = await findRequestPlace(ctx.tx, workspaceId, requestId);
  if (request === undefined) {
    return;
  }
  await lockContacts(ctx.tx, [{ workspaceId, contactId: request.contactId }]);
  const dueAt = await bringUpRequest(ctx.tx, workspaceId, requestId);
  if (dueAt !== undefined) {
    await bringUpLater(ctx, requestId, dueAt);
    ctx.notices.add(workspaceId, 'contact', request.contactId);
  }
};
