import type { MessageActionItem, MessageItem } from '#channels/channel.ts';
import { type Learning, learnOrAsk } from '#features/contacts/server/index.ts';
import { noteIdentities } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';

/**
 * The one thing that may be kept of a dropped item: an identity we did not know of the person we block, and how WhatsApp spells
 * one that we did, because its own list is asked by that. A known number under another account is not learnt but opened for a
 * person to decide, without content (gate.md, identities).
 */
export const learnFromDropped = async (
  ctx: Ctx,
  learning: Learning,
  item: MessageItem | MessageActionItem,
): Promise<void> => {
  const { workspaceId, person, timestamp } = item;
  const contactId = await learnOrAsk(ctx, learning, { workspaceId, person, timestamp });
  if (contactId !== undefined) {
    await noteIdentities(ctx.tx, workspaceId, [contactId]);
  }
  await learning.respell(workspaceId, person);
};
