import type { StatusItem } from '#channels/channel.ts';
import { ContactsMovedError } from '#features/contacts/server/index.ts';
import { endClaimsOfMessages } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { findStatusTargets, lockMessages, setDelivery } from './delivery-store.ts';
import { nextStatus, type StatusChange } from './next-status.ts';

/** A message of ours that a status speaks of. */
export interface StatusTarget {
  readonly workspaceId: string;
  readonly id: string;
  readonly contactId: string;
  readonly externalId: string;
}

export const findTargets = (ctx: Ctx, statuses: readonly StatusItem[]): Promise<StatusTarget[]> =>
  findStatusTargets(
    ctx.tx,
    statuses.map((status) => ({
      workspaceId: status.workspaceId,
      channelId: status.channelId,
      externalId: status.externalId,
      messageId: idSchema.safeParse(status.callbackData).data ?? null,
    })),
  );

/** WhatsApp's codes, in the words of our contract. */
export const errorCodeOf = (code: number | undefined): string =>
  code === 131047 ? 'window-closed' : `whatsapp-${code ?? 'unknown'}`;

const told = (status: StatusItem): StatusChange => ({
  status: status.status,
  errorCode: status.status === 'failed' ? errorCodeOf(status.errorCode) : null,
});

/**
 * Applies what WhatsApp says of our own messages, whoever is blocked: they are ours. A status also settles a message
 * whose request had no known end. The contacts of the targets are locked.
 */
export const applyStatuses = async (
  ctx: Ctx,
  statuses: readonly StatusItem[],
  targets: readonly StatusTarget[],
): Promise<void> => {
  if (targets.length === 0) {
    return;
  }
  for (const message of await lockMessages(ctx.tx, targets)) {
    if (!targets.some((t) => t.id === message.id && t.contactId === message.contactId)) {
      throw new ContactsMovedError('a message moved to another contact');
    }
    const own = new Set(targets.filter((t) => t.id === message.id).map((t) => t.externalId));
    const before: StatusChange = { status: message.status, errorCode: message.errorCode };
    const about = statuses.filter((status) => own.has(status.externalId));
    const after = about.map(told).reduce(nextStatus, before);
    const isSettled = message.status === 'sending' || message.status === 'unknown';
    if (after === before && !isSettled) {
      continue;
    }
    await setDelivery(ctx.tx, message.workspaceId, message.id, {
      ...after,
      externalId: about[0]?.externalId ?? null,
    });
    await endClaimsOfMessages(ctx.tx, message.workspaceId, [message.id]);
    ctx.notices.add(message.workspaceId, 'message', message.id);
    ctx.notices.add(message.workspaceId, 'conversation', message.conversationId);
  }
};
