import { requireCan } from '#features/accounts/server/index.ts';
import { findRemovable } from '#features/conversations/server/index.ts';
import { blockContact } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { DecideRemoval } from '../contract.ts';
import { applyDecisions, type Decisions } from './apply-decisions.ts';
import { findDecidingItems } from './item-store.ts';
import type { AskInput } from './open-request.ts';
import { findSeen } from './request-queries.ts';
import { requireRoomToAsk, takeMessages } from './take-messages.ts';

export type BlockWish = NonNullable<DecideRemoval['block']>;

/** The contact that was blocked in the same step; whoever asked waits for what is on the wire to it. */
export interface Decided {
  readonly requestId: string;
  readonly blockedContactId: string | null;
  /** It was blocked by then, and that block stays as it is. */
  readonly blockedBefore: boolean;
}

/** Whoever decides, and blocks in the same step, may do both. @throws AppError forbidden */
export const requireDecider = (ctx: Ctx, block: BlockWish | undefined): void => {
  requireCan(ctx.actor, 'removal.review');
  if (block !== undefined) {
    requireCan(ctx.actor, 'block.manage');
  }
};

/**
 * The contact is locked by then, and its messages too. A block that a colleague has made meanwhile stays as it is: whoever decides
 * did not see it.
 */
export const blockToo = async (
  ctx: Ctx,
  contactId: string | undefined,
  block: BlockWish | undefined,
): Promise<Omit<Decided, 'requestId'>> => {
  if (block === undefined || contactId === undefined) {
    return { blockedContactId: null, blockedBefore: false };
  }
  const { reason, note, expiresAt, upstream } = block;
  const { isNew } = await blockContact(ctx, {
    contactId,
    reason,
    note: note || null,
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
    upstream,
    keepsStanding: true,
  });
  return { blockedContactId: contactId, blockedBefore: !isNew };
};

/**
 * Decides items of a request: what is kept is back as it was, what is removed is gone for good, in this transaction; its
 * files and the tables' own bytes follow, and the checklist tells. For some reasons two people must say that it goes: the
 * first word only proposes.
 * @throws AppError forbidden, removal-request-not-found, removal-request-decided, second-person-needed,
 *   message-not-found, message-on-its-way, message-not-removable, decisions-at-odds, block-end-in-the-past
 */
export const decideRequest = async (
  ctx: Ctx,
  requestId: string,
  { block, ...decisions }: Decisions & { readonly block?: BlockWish | undefined },
): Promise<Decided> => {
  requireDecider(ctx, block);
  await findSeen(ctx.tx, ctx.actor, requestId);
  const named = decisions.items.map(({ messageId }) => messageId);
  const also = decisions.items.flatMap(({ alsoMessageIds }) => alsoMessageIds ?? []);
  const messages = await findRemovable(ctx, [...named, ...also]);
  const contactId = messages.find(({ id }) => named.includes(id))?.contactId;
  const blocked = await blockToo(ctx, contactId, block);
  await applyDecisions(ctx, requestId, decisions);
  return { requestId, ...blocked };
};

/** What still decides about these: one of a family goes with the first that is removed. */
const openOf = async (
  { tx, actor }: Ctx,
  messageIds: readonly string[],
  requestId?: string,
): Promise<string[]> => {
  const known = [...(await findDecidingItems(tx, actor.workspaceId, messageIds)).values()];
  const wanted = known.filter((item) => requestId === undefined || item.requestId === requestId);
  return [...new Set(wanted.map(({ namedId }) => namedId))].sort();
};

/**
 * Takes out what a moderator met: opens a request and decides it at once, so that the record is there as for any other.
 * What somebody has asked for is decided where it was asked for. Where two people must say so this is the first word.
 * @returns the request that was opened, or the last that was joined
 * @throws AppError forbidden, message-not-found, message-not-removable, message-on-its-way, second-person-needed,
 *   too-many-removal-requests: too much that they met waits for the second
 */
export const removeAtSight = async (
  ctx: Ctx,
  { messageIds, reason, note, block }: AskInput & { readonly block?: BlockWish | undefined },
): Promise<Decided> => {
  requireDecider(ctx, block);
  const words = { reason, note };
  const [first] = await findRemovable(ctx, [...new Set(messageIds)]);
  const blocked = await blockToo(ctx, first?.contactId, block);
  const { requests } = await takeMessages(ctx, { messageIds, words, isAtSight: true });
  for (const request of requests) {
    const stillOpen = await openOf(ctx, request.messageIds, request.id);
    if (stillOpen.length > 0) {
      const items = stillOpen.map((messageId) => ({ messageId, decision: 'remove' as const }));
      await applyDecisions(ctx, request.id, { items, answer: null });
    }
  }
  if ((await openOf(ctx, messageIds)).length > 0) {
    await requireRoomToAsk(ctx);
  }
  const requestId = requests.at(-1)?.id;
  if (requestId === undefined) {
    throw new Error('messages were taken into no request');
  }
  return { requestId, ...blocked };
};
