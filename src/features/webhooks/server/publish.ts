import type { Ctx } from '#platform/server/deps.ts';
import { enqueueAll } from '#platform/server/jobs.ts';
import { newId } from '#platform/shared/ids.ts';
import type { WebhookEvent } from '../contract.ts';
import { insertForListeners, isListenedTo } from './event-store.ts';
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

/** The same of many contacts, all of them locked, each its own event: one statement where nobody listens. */
export const publishEach = async <Type extends WebhookEvent['type']>(
  ctx: Ctx,
  type: Type,
  told: readonly {
    readonly data: Extract<WebhookEvent, { type: Type }>['data'];
    readonly subject: Subject;
  }[],
): Promise<void> => {
  const isHeard =
    told.length === 1 ||
    (told.length > 1 && (await isListenedTo(ctx.tx, ctx.actor.workspaceId, type)));
  for (const { data, subject } of isHeard ? told : []) {
    await publish(ctx, { type, data } as WebhookEvent, subject);
  }
};
