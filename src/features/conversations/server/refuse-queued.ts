import { lockContacts } from '#features/contacts/server/index.ts';
import { endExpiredReadClaims } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { together } from '#platform/server/together.ts';
import { enqueueDelivery } from './delivery-jobs.ts';
import {
  findQueuedConversations,
  findStrandedConversations,
  releaseBackOff,
} from './delivery-store.ts';
import { forgetKeys } from './idempotency-store.ts';

/**
 * After a block: what waits for this contact, in back-off too, has its turn at once, and is refused by the gate there
 * like anything else. Nothing is cancelled here; this only saves the team the wait.
 */
export const refuseQueued = async (ctx: Ctx, contactId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const [, , conversationIds] = await together([
    lockContacts(ctx.tx, [{ workspaceId, contactId }]),
    releaseBackOff(ctx.tx, workspaceId, contactId),
    findQueuedConversations(ctx.tx, workspaceId, contactId),
  ]);
  await together(
    conversationIds.map((conversationId) =>
      enqueueDelivery(ctx.tx, { workspaceId, conversationId }),
    ),
  );
};

/** Upkeep: gives conversations a new delivery job whose process died, or whose message nobody sends. */
export const rescueStranded = async (ctx: Ctx): Promise<void> => {
  await endExpiredReadClaims(ctx.tx);
  await forgetKeys(ctx.tx);
  for (const stranded of await findStrandedConversations(ctx.tx)) {
    await enqueueDelivery(ctx.tx, stranded);
  }
};
