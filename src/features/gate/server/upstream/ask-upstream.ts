import { lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { enqueueApplies } from './job-names.ts';
import { makeDue } from './row-store.ts';

/**
 * The block of a locked contact began, ended or changed: WhatsApp's lists are brought to it by jobs, after the commit.
 * Asks WhatsApp for nothing by itself, so it neither delays nor weakens our own block.
 * @param isBlocking false where nothing is to be added, only what is there taken away
 * @returns the numbers whose lists are asked
 */
export const askUpstream = (
  ctx: Ctx,
  contactId: string,
  { isBlocking, onlyOn = null }: { readonly isBlocking: boolean; readonly onlyOn?: string | null },
): Promise<readonly string[]> => askUpstreamOf(ctx, [contactId], { isBlocking, onlyOn });

/** The same for several locked contacts, of whom all began, ended or changed in the same way. */
export const askUpstreamOf = async (
  ctx: Ctx,
  contactIds: readonly string[],
  { isBlocking, onlyOn = null }: { readonly isBlocking: boolean; readonly onlyOn?: string | null },
): Promise<readonly string[]> => {
  if (contactIds.length === 0) {
    return [];
  }
  const { workspaceId } = ctx.actor;
  const due = await makeDue(ctx.tx, workspaceId, contactIds, { isBlocking, onlyOn });
  await enqueueApplies(ctx.tx, workspaceId, due);
  return [...new Set(due.map(({ channelId }) => channelId))];
};

/** A block has ended by the clock, which tells nobody: what is there because of it goes, unless there is another by now. */
export const endUpstream = async (ctx: Ctx, contactId: string): Promise<void> => {
  await lockContacts(ctx.tx, [{ workspaceId: ctx.actor.workspaceId, contactId }]);
  await askUpstream(ctx, contactId, { isBlocking: false });
};
