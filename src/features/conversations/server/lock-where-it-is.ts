import { ContactsMovedError, lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { together } from '#platform/server/together.ts';
import { findMessage, lockMessage, type MessageState } from './message-store.ts';

/**
 * Locks a message after its contact, wherever a merge has moved it since it was last seen.
 * @throws ContactsMovedError when it moves just now
 */
export const lockWhereItIs = async (
  ctx: Ctx,
  messageId: string,
): Promise<MessageState | undefined> => {
  const { workspaceId } = ctx.actor;
  const before = await findMessage(ctx.tx, workspaceId, messageId);
  if (before === undefined) {
    return undefined;
  }
  const [, message] = await together([
    lockContacts(ctx.tx, [before]),
    lockMessage(ctx.tx, workspaceId, messageId),
  ]);
  if (message !== undefined && message.contactId !== before.contactId) {
    throw new ContactsMovedError('the message moved to another contact');
  }
  return message;
};
