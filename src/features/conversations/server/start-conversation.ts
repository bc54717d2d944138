import { findOrCreateContact, parseTypedPhone } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { findChannel } from './channel-store.ts';
import { lockOrCreateConversations } from './conversation-store.ts';

/**
 * The conversation with a number typed as people type it, found or made, with its contact.
 * @throws AppError invalid-phone, channel-not-found
 */
export const startConversation = async (
  ctx: Ctx,
  input: { phone: string; name: string | null; channelId: string | null },
): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const phone = parseTypedPhone(input.phone);
  if (phone === null) {
    throw new AppError('invalid-phone', 422);
  }
  const channelId = await findChannel(ctx.tx, workspaceId, input.channelId);
  if (channelId === undefined) {
    throw notFound('channel');
  }
  const contactId = await findOrCreateContact(ctx, phone, input.name || null);
  const place = { workspaceId, contactId, channelId };
  const conversations = await lockOrCreateConversations(ctx.tx, [place]);
  const conversation = conversations.get(`${contactId}/${channelId}`);
  if (conversation === undefined) {
    throw new Error('a conversation that was just locked is not there');
  }
  ctx.notices.add(workspaceId, 'conversation', conversation.id);
  return conversation.id;
};
