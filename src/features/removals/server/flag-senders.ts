import { flagForRemoval } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { findPrintReason } from './repeats/repeat-store.ts';

/** A removed message, as far as who sent it goes. */
interface Sent {
  readonly contactId: string;
  readonly direction: string;
}

/**
 * Whoever sent what was removed is flagged: what they send from now on arrives covered. Not for personal data: who sends their own
 * papers does no harm. Their contacts are locked by the removal.
 */
export const flagSenders = async (
  ctx: Ctx,
  requestId: string,
  removed: readonly Sent[],
): Promise<void> => {
  const senders = new Set(
    removed.filter(({ direction }) => direction === 'in').map(({ contactId }) => contactId),
  );
  if (senders.size === 0) {
    return;
  }
  const reason = await findPrintReason(ctx.tx, ctx.actor.workspaceId, requestId);
  if (reason === 'personal-data') {
    return;
  }
  for (const contactId of [...senders].sort()) {
    await flagForRemoval(ctx, contactId);
  }
};
