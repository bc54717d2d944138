import type { Ctx } from '#platform/server/deps.ts';
import { enqueueAll } from '#platform/server/jobs.ts';
import { newId } from '#platform/shared/ids.ts';
import type { WebhookEvent } from '../contract.ts';
import { insertForListeners } from './event-store.ts';
import { deliverWebhooksJob, keyOfLane } from './job-names.ts';

/** Whom it is about. The caller holds the contact's lock: what is told of a contact is told in the order of its locks. */
export interface Subject {
  readonly contactId: string;
  readonly maskedNumber: string;
  /** What several can notice (a block that the clock has ended) is told once under this key. */
  readonly once?: string;
}

/**
 * Tells the endpoints that listen, by rows of this very transaction: a rollback tells nobody. One statement, and where
 * nobody listens no row.
 */
export const publish = async (
  ctx: Ctx,
  event: WebhookEvent,
  { contactId, maskedNumber, once }: Subject,
): Promise<void> => {
  const { workspaceId, kind, id } = ctx.actor;
  const told = await insertForListeners(ctx.tx, {
    ...{ workspaceId, id: newId(), type: event.type, lane: contactId, onceKey: once ?? null },
    data: { contact: { id: contactId, maskedNumber }, actor: { kind, id }, ...event.data },
  });
  await enqueueAll(
    ctx.tx,
    deliverWebhooksJob,
    told.map((endpointId) => {
      const payload = { workspaceId, endpointId, lane: contactId };
      return { payload, key: keyOfLane(payload) };
    }),
  );
};
