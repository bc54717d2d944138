import type { Ctx } from '#platform/server/deps.ts';
import type { Heard } from './heal-store.ts';
import { enqueueApply, enqueueCheck } from './job-names.ts';
import { noteListedRows } from './listed-store.ts';

/**
 * WhatsApp refused a message because the person is on its list (130403): what we put there is marked as applied, and
 * taken off where it is not wanted; anybody else is listed as a difference for a person to decide about.
 * @param isLate a status tells it, which may be of before they were taken off: the list is read to see who is still there
 * @returns whether we put somebody of them there ourselves, so that it will pass
 */
export const noteListed = async (
  ctx: Ctx,
  people: readonly Heard[],
  { isLate = false }: { readonly isLate?: boolean } = {},
): Promise<boolean> => {
  let isOurs = false;
  const toRead = new Map<string, string>();
  for (const { workspaceId, channelId, contactId } of people) {
    const noted = await noteListedRows(ctx.tx, { workspaceId, channelId }, contactId);
    if (noted === 'ours') {
      isOurs = true;
      await enqueueApply(ctx.tx, { workspaceId, channelId }, { contactId });
    } else if (noted === 'news' && isLate) {
      toRead.set(channelId, workspaceId);
    }
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
  // In order: the job of a number is one for all who ask for it.
  for (const [channelId, workspaceId] of [...toRead].sort()) {
    await enqueueCheck(ctx.tx, { workspaceId, channelId });
  }
  return isOurs;
};
