import type { Ctx } from '#platform/server/deps.ts';
import type { Heard } from './heal-store.ts';
import { enqueueApply } from './job-names.ts';
import { noteListedRows } from './listed-store.ts';

/**
 * WhatsApp refused a message because the person is on its list (130403): what we put there is marked as applied, and
 * taken off where it is not wanted; anybody else is listed as a difference for a person to decide about.
 * @returns whether we put somebody of them there ourselves, so that it will pass
 */
export const noteListed = async (ctx: Ctx, people: readonly Heard[]): Promise<boolean> => {
  let isOurs = false;
  for (const { workspaceId, channelId, contactId } of people) {
    if (await noteListedRows(ctx.tx, { workspaceId, channelId }, contactId)) {
      isOurs = true;
      await enqueueApply(ctx.tx, { workspaceId, channelId }, { contactId });
    }
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
  return isOurs;
};
