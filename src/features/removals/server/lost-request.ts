import type { Ctx } from '#platform/server/deps.ts';
import { type RemovalReason, removalReasonSchema } from '../contract.ts';
import {
  insertRequest,
  isNumberTaken,
  lockRequest,
  type NewRequest,
  putAsker,
  raiseCounter,
  type StoredRequest,
  takeNumber,
} from './request-store.ts';
import { askerOf } from './take-messages.ts';

/** What the journal knows of a request. */
export interface LostRequest {
  readonly requestId: string;
  /** Null: not even that. */
  readonly number: number | null;
  /** A code of the contract. */
  readonly reason: string | undefined;
}

/** One that this version does not know, or that an older line does not say, is another one. */
export const knownReason = (reason: string | undefined): RemovalReason =>
  removalReasonSchema.catch('other').parse(reason);

/** As the journal says it, or another one where that is taken; no later request gets it. */
const numberOf = async (ctx: Ctx, given: number | null): Promise<number> => {
  const { workspaceId } = ctx.actor;
  if (given === null || (await isNumberTaken(ctx.tx, workspaceId, given))) {
    return takeNumber(ctx.tx, workspaceId);
  }
  await raiseCounter(ctx.tx, workspaceId, given);
  return given;
};

/**
 * Opens again, in a database that was restored, a request of which nothing is known any more but its number and its reason: it carries
 * the checklist. Guarita itself stands as who asked.
 * @param putItems what it asks for
 */
export const openLost = async (
  ctx: Ctx,
  { requestId: id, number: given, reason }: LostRequest,
  {
    contactId,
    conversationId,
    channelId,
  }: Pick<NewRequest, 'contactId' | 'conversationId' | 'channelId'>,
  putItems: (askerId: string) => Promise<void>,
): Promise<StoredRequest> => {
  const { workspaceId } = ctx.actor;
  const number = await numberOf(ctx, given);
  await insertRequest(ctx.tx, workspaceId, {
    ...{ id, number, contactId, conversationId, channelId },
    ...{ isOwn: false, isAtSight: false },
  });
  const asker = askerOf(ctx);
  await putItems(asker.id);
  await putAsker(ctx.tx, workspaceId, id, asker, { reason: knownReason(reason), note: null });
  const opened = await lockRequest(ctx.tx, workspaceId, id);
  if (opened === undefined) {
    throw new Error('a request that was just inserted is not there');
  }
  return opened;
};
