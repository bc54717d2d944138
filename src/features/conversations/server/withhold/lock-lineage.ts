import { lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { RepeatTransactionError } from '#platform/server/errors.ts';
import { findLineage, type Relative } from './lineage-queries.ts';
import { type FamilyMember, lockFamily } from './lineage-store.ts';

export interface LockedLineage {
  /** In id order. */
  readonly members: readonly FamilyMember[];
  readonly relatives: readonly Relative[];
}

/**
 * Locks the families of these messages: their contacts, then the messages, both in id order. Whoever forwards one of them
 * holds it too (forward-message.ts), so that a copy is either here by then, or is made of what was decided.
 * @throws RepeatTransactionError when a copy came up meanwhile with somebody whose contact is not held
 */
export const lockLineage = async (
  ctx: Ctx,
  messageIds: readonly string[],
): Promise<LockedLineage> => {
  const { workspaceId } = ctx.actor;
  let relatives = await findLineage(ctx.tx, workspaceId, messageIds);
  const contactIds = new Set(relatives.map(({ contactId }) => contactId));
  await lockContacts(
    ctx.tx,
    [...contactIds].map((contactId) => ({ workspaceId, contactId })),
  );
  for (;;) {
    const ids = new Set(relatives.map(({ id }) => id));
    const members = await lockFamily(ctx.tx, workspaceId, [...ids]);
    // By a statement of its own: who was waited for has made copies.
    relatives = await findLineage(ctx.tx, workspaceId, messageIds);
    if (relatives.some(({ contactId }) => !contactIds.has(contactId))) {
      // One more contact would be out of order.
      throw new RepeatTransactionError('a copy came up with another contact');
    }
    if (relatives.every(({ id }) => ids.has(id))) {
      return { members, relatives };
    }
  }
};
