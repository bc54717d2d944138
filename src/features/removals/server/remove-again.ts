import { findRemovable, rememberRemoved } from '#features/conversations/server/index.ts';
import type { JournaledRemoval, RemoveAgain } from '#features/journal/server/index.ts';
import { auditAll } from '#platform/server/audit.ts';
import { type Ctx, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { closeGone, remove, writeRequest } from './apply-decisions.ts';
import { decideItems, findStanding, insertItems, type StandingMessage } from './item-store.ts';
import { advance } from './request-machine.ts';
import {
  insertRequest,
  isNumberTaken,
  lockRequest,
  putAsker,
  raiseCounter,
  type StoredRequest,
  takeNumber,
} from './request-store.ts';
import { askerOf } from './take-messages.ts';

const hashesAtOnce = 5_000;

/** A request of which nothing is known any more but its number: it carries the checklist. */
const openLost = async (
  ctx: Ctx,
  { requestId: id, number: given }: JournaledRemoval,
  [first, ...others]: readonly [StandingMessage, ...StandingMessage[]],
): Promise<StoredRequest> => {
  const { workspaceId } = ctx.actor;
  const isTaken = await isNumberTaken(ctx.tx, workspaceId, given);
  const number = isTaken ? await takeNumber(ctx.tx, workspaceId) : given;
  const { contactId, conversationId, channelId } = first;
  await insertRequest(ctx.tx, workspaceId, {
    ...{ id, number, contactId, conversationId, channelId },
    ...{ isOwn: false, isAtSight: false },
  });
  const asker = askerOf(ctx);
  await insertItems(
    ctx.tx,
    workspaceId,
    id,
    asker.id,
    [first, ...others].map((one) => one.id),
  );
  await putAsker(ctx.tx, workspaceId, id, asker, { reason: 'other', note: null });
  const opened = await lockRequest(ctx.tx, workspaceId, id);
  if (opened === undefined) {
    throw new Error('a request that was just inserted is not there');
  }
  return opened;
};

/** @returns how many of them were here */
const removeOne = async (ctx: Ctx, removal: JournaledRemoval): Promise<number> => {
  const { workspaceId } = ctx.actor;
  const { requestId } = removal;
  const ids = removal.messages.map(({ id }) => id);
  const [first, ...others] = await findStanding(ctx.tx, workspaceId, ids);
  if (first === undefined) {
    return 0;
  }
  const messageIds = [first, ...others].map(({ id }) => id);
  // Contacts and messages with all their copies, and the request after them.
  await findRemovable(ctx, messageIds);
  const request =
    (await lockRequest(ctx.tx, workspaceId, requestId)) ??
    (await openLost(ctx, removal, [first, ...others]));
  await remove(ctx, request, messageIds, []);
  const step = advance(request, { kind: 'removed', messageIds });
  if (step.refusal === null) {
    const decided = { requestId, messageIds: step.outcome.removed, answer: null };
    await decideItems(ctx.tx, ctx.actor, { ...decided, state: 'removed' });
    await writeRequest(ctx, requestId, step.request);
  }
  await closeGone(ctx, request);
  await auditAll(
    ctx,
    messageIds.map((id) => ({
      action: 'removals.message-removed-again',
      subject: { kind: 'message', id },
      details: { requestId, number: request.number, cause: 'journal' },
    })),
  );
  return messageIds.length;
};

/**
 * Of a database that was restored: nothing that the journal says was removed is stored again, and what is here of it is
 * removed anew, with its files, copies and checklist. Nobody decides; the journal says what was decided. Twice changes nothing.
 */
export const removeAgain: RemoveAgain = async (deps, workspaceId, removals) => {
  const actor = systemActor(workspaceId);
  const hashed = removals.flatMap(({ messages, at }) =>
    messages.flatMap(({ hash }) => (hash === null ? [] : [{ hash, at }])),
  );
  for (let from = 0; from < hashed.length; from += hashesAtOnce) {
    const some = hashed.slice(from, from + hashesAtOnce);
    await inTx(deps, actor, (ctx) => rememberRemoved(ctx.tx, workspaceId, some));
  }
  // A later request must not have the number of one that is lost.
  const last = Math.max(...removals.map(({ number }) => number));
  await inTx(deps, actor, (ctx) => raiseCounter(ctx.tx, workspaceId, last));
  let removed = 0;
  for (const removal of removals) {
    removed += await inTx(deps, actor, (ctx) => removeOne(ctx, removal));
  }
  return removed;
};
