import { requireCan } from '#features/accounts/server/index.ts';
import { ContactsMovedError, lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { BlockReason } from '../../contract.ts';
import { blockContact, type MadeBlock } from '../block-contact.ts';
import { closeRequest } from './close-request.ts';
import { acknowledgeDecision, findFirstReason, findRequestPlace } from './request-store.ts';

/**
 * The contact first, then the request (docs/gate.md, locks): under the contact's lock nobody else decides.
 * @throws AppError block-request-not-found, block-request-decided
 */
const lockOpen = async (
  ctx: Ctx,
  requestId: string,
): Promise<{ id: string; contactId: string }> => {
  const { workspaceId } = ctx.actor;
  const before = await findRequestPlace(ctx.tx, workspaceId, requestId);
  if (before === undefined) {
    throw notFound('block-request');
  }
  await lockContacts(ctx.tx, [{ workspaceId, contactId: before.contactId }]);
  const request = await findRequestPlace(ctx.tx, workspaceId, requestId);
  if (request?.contactId !== before.contactId) {
    throw new ContactsMovedError('the request moved to another contact');
  }
  if (request.state !== 'open') {
    throw new AppError('block-request-decided', 409);
  }
  return request;
};

export interface Approval {
  readonly requestId: string;
  /** Undefined: that of the first who asked. */
  readonly reason: BlockReason | undefined;
  readonly note: string | null;
  readonly expiresAt: Date | null;
  /** Whether WhatsApp's own list is asked as well (G8). */
  readonly upstream: boolean;
}

/**
 * The request becomes a block, in this very transaction and by the gate's own action, which also closes the request.
 * @throws AppError forbidden, block-request-not-found, block-request-decided, block-end-in-the-past
 */
export const approveBlockRequest = async (
  ctx: Ctx,
  { requestId, reason, note, expiresAt, upstream }: Approval,
): Promise<MadeBlock & { contactId: string }> => {
  requireCan(ctx.actor, 'block.decide');
  const { contactId } = await lockOpen(ctx, requestId);
  const asked = reason ?? (await findFirstReason(ctx.tx, ctx.actor.workspaceId, requestId));
  const input = { contactId, reason: asked ?? 'other', note, expiresAt, upstream } as const;
  return { contactId, ...(await blockContact(ctx, input)) };
};

/**
 * Nobody is blocked; what was withheld while it waited is back at once. Those who asked read the answer.
 * @throws AppError forbidden, block-request-not-found, block-request-decided
 */
export const refuseBlockRequest = async (
  ctx: Ctx,
  requestId: string,
  answer: string | null,
): Promise<void> => {
  requireCan(ctx.actor, 'block.decide');
  await closeRequest(ctx, await lockOpen(ctx, requestId), { state: 'refused', answer });
};

/**
 * Whoever asked has read what was decided: it is not shown to them any more.
 * @throws AppError block-request-not-found for everybody else, block-request-open
 */
export const acknowledgeBlockRequest = async (ctx: Ctx, requestId: string): Promise<void> => {
  const state = await acknowledgeDecision(ctx.tx, requestId, ctx.actor);
  if (state === undefined) {
    throw notFound('block-request');
  }
  if (state === 'open') {
    throw new AppError('block-request-open', 409);
  }
};
