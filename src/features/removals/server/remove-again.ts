import { findRemovable, rememberRemoved } from '#features/conversations/server/index.ts';
import {
  type JournaledRemoval,
  notePrints,
  openPrints,
  type RemoveAgain,
} from '#features/journal/server/index.ts';
import { keepRemovedPrints } from '#features/media/server/index.ts';
import { auditAll } from '#platform/server/audit.ts';
import { type Ctx, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { closeGone, remove, writeRequest } from './apply-decisions.ts';
import { decideItems, findStanding, insertItems, type StandingMessage } from './item-store.ts';
import { knownReason, openLost } from './lost-request.ts';
import { removeNameAgain } from './names/remove-name-again.ts';
import { advance } from './request-machine.ts';
import { lockRequest, raiseCounter, type StoredRequest } from './request-store.ts';

const hashesAtOnce = 5_000;

const openRemoved = (
  ctx: Ctx,
  removal: JournaledRemoval,
  [first, ...others]: readonly [StandingMessage, ...StandingMessage[]],
): Promise<StoredRequest> =>
  openLost(ctx, { ...removal, reason: removal.reason }, first, (askerId) =>
    insertItems(
      ctx.tx,
      ctx.actor.workspaceId,
      removal.requestId,
      askerId,
      [first, ...others].map(({ id }) => id),
    ),
  );

/** What it is recognised by when it comes again, also of what is not here. */
const printAgain = async (ctx: Ctx, removal: JournaledRemoval): Promise<void> => {
  const { requestId } = removal;
  const prints = openPrints(ctx, removal);
  await keepRemovedPrints(ctx, { requestId, reason: knownReason(removal.reason) }, prints);
  await notePrints(ctx, requestId, prints);
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
    (await openRemoved(ctx, removal, [first, ...others]));
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
const removeMessagesAgain: RemoveAgain['messages'] = async (deps, workspaceId, removals) => {
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
    await inTx(deps, actor, (ctx) => printAgain(ctx, removal));
    removed += await inTx(deps, actor, (ctx) => removeOne(ctx, removal));
  }
  return removed;
};

/** What the journal says was removed, messages and names, is removed anew at a start. */
export const removeAgain: RemoveAgain = { messages: removeMessagesAgain, name: removeNameAgain };
