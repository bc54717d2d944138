import { lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { findOpenBlock } from '../store.ts';
import { askUpstream } from './ask-upstream.ts';
import type { Heard } from './heal-store.ts';
import { enqueueCheck } from './job-names.ts';
import { findAllLists } from './reading-store.ts';

/** They wrote, so WhatsApp takes the block now, for 24 hours from that message on. */
export const healUpstream = async (
  ctx: Ctx,
  { workspaceId, channelId, contactId }: Heard,
): Promise<void> => {
  const [contact] = await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  const open = await findOpenBlock(ctx.tx, workspaceId, contactId);
  if (contact?.mergedInto === null && open?.isActive && open.upstream) {
    await askUpstream(ctx, contactId, { isBlocking: true, onlyOn: channelId });
  }
};

/** The list of every number is read, each by a job of its own. */
export const enqueueAllChecks = async (ctx: Ctx): Promise<void> => {
  for (const place of await findAllLists(ctx.tx)) {
    await enqueueCheck(ctx.tx, place);
  }
};
