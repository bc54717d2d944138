import {
  findOrCreateContact,
  matchKeysOf,
  parseTypedPhone,
} from '#features/contacts/server/index.ts';
import { blockListed, findKeysInUse, prepareLookups } from '#features/gate/server/index.ts';
import type { Ctx, Deps } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { findChannel } from './channel-store.ts';
import { lockOrCreateConversations } from './conversation-store.ts';

/** What `startConversation` must find done: the number is stretched where there is a list of another unit. */
export const prepareStart = async (
  deps: Deps,
  workspaceId: string,
  typed: string,
): Promise<void> => {
  const numbers = matchKeysOf({ phone: parseTypedPhone(typed) ?? '' });
  await prepareLookups(
    deps,
    numbers.map(({ key }) => ({ workspaceId, matchKey: key })),
  );
};

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
  const keys = await findKeysInUse(ctx.tx, [workspaceId]);
  // Whoever is on a list of another unit is not to be written to either.
  await blockListed(ctx, keys, [{ workspaceId, person: { phone } }]);
  const place = { workspaceId, contactId, channelId };
  const conversations = await lockOrCreateConversations(ctx.tx, [place]);
  const conversation = conversations.get(`${contactId}/${channelId}`);
  if (conversation === undefined) {
    throw new Error('a conversation that was just locked is not there');
  }
  ctx.notices.add(workspaceId, 'conversation', conversation.id);
  return conversation.id;
};
