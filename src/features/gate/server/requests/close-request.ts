import { findMaskedNumber } from '#features/contacts/server/index.ts';
import { publish } from '#features/webhooks/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { noteTouched } from '../store.ts';
import {
  type Decision,
  decideRequest,
  findOpenRequests,
  type JoinedRequest,
} from './request-store.ts';

/** Writes the decision and tells of it; the words of those who asked and of the answer are in no record. */
export const closeRequest = async (
  ctx: Ctx,
  request: { readonly id: string; readonly contactId: string },
  decision: Decision,
): Promise<boolean> => {
  const { workspaceId } = ctx.actor;
  if (!(await decideRequest(ctx.tx, request.id, ctx.actor, decision))) {
    return false;
  }
  if (decision.state === 'approved') {
    await noteTouched(ctx.tx, workspaceId, [decision.blockId]);
  }
  ctx.notices.add(workspaceId, 'contact', request.contactId);
  const { id: requestId, contactId } = request;
  const maskedNumber = await findMaskedNumber(ctx.tx, workspaceId, contactId);
  const blockId = decision.state === 'approved' ? decision.blockId : null;
  await audit(ctx, {
    action: `gate.block-request-${decision.state}`,
    subject: { kind: 'contact', id: contactId },
    maskedNumber,
    details: { requestId, ...(blockId !== null && { blockId }) },
  });
  const data = { requestId, decision: decision.state, blockId };
  await publish(ctx, { type: 'block.request-decided', data }, { contactId, maskedNumber });
  return true;
};

/** Of two requests that became one, with their contacts: where the other one went. The contact that remains is locked. */
export const tellJoined = async (
  ctx: Ctx,
  contactId: string,
  { requestId, joinedRequestId }: JoinedRequest,
): Promise<void> => {
  const maskedNumber = await findMaskedNumber(ctx.tx, ctx.actor.workspaceId, contactId);
  await audit(ctx, {
    action: 'gate.block-requests-merged',
    subject: { kind: 'contact', id: contactId },
    maskedNumber,
    details: { requestId, joinedRequestId },
  });
  const data = { requestId, decision: 'joined', blockId: null, joinedRequestId } as const;
  await publish(ctx, { type: 'block.request-decided', data }, { contactId, maskedNumber });
};

/**
 * A block that opens answers the request for it, whoever opened it and from where. The contacts are locked.
 * @param blockOf the block of each contact
 */
export const approveByBlocks = async (
  ctx: Ctx,
  blockOf: ReadonlyMap<string, string>,
): Promise<void> => {
  const requests = await findOpenRequests(ctx.tx, ctx.actor.workspaceId, [...blockOf.keys()]);
  for (const request of requests) {
    const blockId = blockOf.get(request.contactId);
    if (blockId !== undefined) {
      await closeRequest(ctx, request, { state: 'approved', blockId });
    }
  }
};
