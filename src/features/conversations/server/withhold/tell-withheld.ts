import { findMaskedNumbers } from '#features/contacts/server/index.ts';
import { publishEach } from '#features/webhooks/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { type FamilyMember, findQuoting } from './lineage-store.ts';

/** What became of them, and by which request. */
export type Told = { readonly requestId: string } & (
  | { readonly type: 'message.covered' | 'message.restored' }
  | { readonly type: 'message.removed'; readonly removalNumber: number }
);

const publishTo = async (
  ctx: Ctx,
  { type, ...more }: Told,
  messages: readonly FamilyMember[],
): Promise<void> => {
  const contactIds = [...new Set(messages.map(({ contactId }) => contactId))];
  const masked = await findMaskedNumbers(ctx.tx, ctx.actor.workspaceId, contactIds);
  await publishEach(
    ctx,
    type,
    messages.map(({ id: messageId, conversationId, contactId }) => ({
      data: { messageId, conversationId, ...more },
      subject: { contactId, maskedNumber: masked.get(contactId) ?? '' },
    })),
  );
};

/**
 * Every screen that shows one of these hears of it: in its thread, where it is quoted, in the list. So do the programs that
 * listen; the contacts are locked by `lockLineage`.
 */
export const tellWithheld = async (
  ctx: Ctx,
  told: Told,
  messages: readonly FamilyMember[],
): Promise<void> => {
  if (messages.length === 0) {
    return;
  }
  const { workspaceId } = ctx.actor;
  const ids = messages.map(({ id }) => id);
  for (const { id, conversationId } of messages) {
    ctx.notices.add(workspaceId, 'message', id);
    ctx.notices.add(workspaceId, 'conversation', conversationId);
  }
  for (const id of await findQuoting(ctx.tx, workspaceId, ids)) {
    ctx.notices.add(workspaceId, 'message', id);
  }
  await publishTo(ctx, told, messages);
};
