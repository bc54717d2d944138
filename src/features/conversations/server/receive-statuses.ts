import type { StatusItem } from '#channels/channel.ts';
import { ContactsMovedError } from '#features/contacts/server/index.ts';
import { endClaimsOfMessages, noteListed } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { groupBy } from '#platform/shared/group-by.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { settleEarly } from './actions/early-actions.ts';
import {
  findStatusTargets,
  type LockedMessage,
  lockMessages,
  type StatusTarget,
  setDeliveries,
} from './delivery-store.ts';
import { linkReplies } from './link-replies.ts';
import { isListedCode } from './listed-code.ts';
import { nextStatus, type StatusChange } from './next-status.ts';

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

/** The channel's ids are its own: two channels may use one id for two messages. */
const nameOf = (about: { workspaceId: string; channelId: string; externalId: string }): string =>
  `${about.workspaceId}/${about.channelId}/${about.externalId}`;

/** What becomes of one message; undefined when nothing does. */
const changeOf = (
  message: LockedMessage,
  about: readonly StatusItem[],
): (LockedMessage & StatusChange & { externalId: string | null }) | undefined => {
  const before: StatusChange = { status: message.status, errorCode: message.errorCode };
  const after = about.map(told).reduce(nextStatus, before);
  const isSettled = message.status === 'sending' || message.status === 'unknown';
  return after === before && !isSettled
    ? undefined
    : { ...message, ...after, externalId: message.externalId ?? about[0]?.externalId ?? null };
};

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
  const byName = groupBy(statuses, nameOf);
  const byMessage = groupBy(targets, (target) => target.id);
  const locked = await lockMessages(ctx.tx, targets);
  const changes = locked.flatMap((message) => {
    const own = byMessage.get(message.id) ?? [];
    if (!own.some((target) => target.contactId === message.contactId)) {
      throw new ContactsMovedError('a message moved to another contact');
    }
    const names = new Set(own.map(nameOf));
    const about = [...names].flatMap((name) => byName.get(name) ?? []);
    return changeOf(message, about) ?? [];
  });
  if (changes.length === 0) {
    return;
  }
  await setDeliveries(ctx.tx, changes);
  await endClaimsOfMessages(ctx.tx, changes);
  await noteListed(
    ctx,
    changes.filter(({ status, errorCode }) => status === 'failed' && isListedCode(errorCode)),
    { isLate: true },
  );
  const isNamed = new Set(locked.flatMap((m) => (m.externalId === null ? [] : [m.id])));
  const known = changes.flatMap(({ externalId, ...message }) =>
    externalId === null || isNamed.has(message.id) ? [] : [{ ...message, externalId }],
  );
  await linkReplies(ctx, known);
  await settleEarly(ctx, known);
  for (const { workspaceId, id, conversationId } of changes) {
    ctx.notices.add(workspaceId, 'message', id);
    ctx.notices.add(workspaceId, 'conversation', conversationId);
  }
};
