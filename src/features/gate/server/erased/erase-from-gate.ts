import type { MatchKey } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { closeRequest } from '../requests/close-request.ts';
import { findOpenRequests } from '../requests/request-store.ts';
import {
  findLastBlocks,
  forgetBlockWords,
  forgetListed,
  forgetPending,
} from './erase-gate-store.ts';

export interface GateErasure {
  /** Now. */
  readonly isBlocked: boolean;
  /** Or so lately that what was sent meanwhile may still come: it stays out as well (docs/gate.md, late deliveries). */
  readonly isKeptOut: boolean;
}

/**
 * What the gate holds of a person besides that they are blocked: notes, what was asked and answered about them, rows of files that
 * wait, what is known of them from WhatsApp's own lists. Blocks stay, with reason, times and attempts. Whoever is blocked goes on
 * being so; a request for a block is at its end.
 * @param contactIds every contact that is the person, locked
 * @param names all that they are or were known by
 */
export const eraseFromGate = async (
  ctx: Ctx,
  contactIds: readonly string[],
  names: readonly MatchKey[],
): Promise<GateErasure> => {
  const { workspaceId } = ctx.actor;
  for (const request of await findOpenRequests(ctx.tx, workspaceId, contactIds)) {
    await closeRequest(ctx, request, { state: 'refused', answer: null });
  }
  await forgetBlockWords(ctx.tx, workspaceId, contactIds);
  await forgetListed(ctx.tx, workspaceId, contactIds, names);
  await forgetPending(ctx.tx, workspaceId, contactIds, names);
  return findLastBlocks(ctx.tx, workspaceId, contactIds);
};
