import {
  findRemovable,
  removeMessages,
  restoreMessages,
} from '#features/conversations/server/index.ts';
import { auditAll } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { DecideRemoval } from '../contract.ts';
import type { DecisionReason } from '../reasons/contract.ts';
import { addToChecklist, noteFiles } from './checklist-store.ts';
import { flagSenders } from './flag-senders.ts';
import { decideItems, findGoneElsewhere, findGoneOf, proposeItems } from './item-store.ts';
import { printRequest } from './repeats/print-request.ts';
import { findPrintReason } from './repeats/repeat-store.ts';
import { retireKept } from './repeats/retire-kept.ts';
import {
  advance,
  isWaiting,
  type MachineRequest,
  type Outcome,
  type Step,
} from './request-machine.ts';
import { lockRequest, needsTwoPeople, type StoredRequest, writeState } from './request-store.ts';
import { settleSoon } from './settle-soon.ts';

export interface Decisions {
  readonly items: DecideRemoval['items'];
  readonly answer: string | null;
}

type Advanced = Step & { readonly refusal: null };

/** @throws AppError what the machine refuses */
export const accepted = (step: Step): Advanced => {
  if (step.refusal === 'message-not-found') {
    throw notFound('message');
  }
  if (step.refusal !== null) {
    throw new AppError(step.refusal, 409);
  }
  return step;
};

/** Locks the request after its messages. @throws AppError removal-request-not-found */
export const lockKnown = async (ctx: Ctx, requestId: string): Promise<StoredRequest> => {
  const request = await lockRequest(ctx.tx, ctx.actor.workspaceId, requestId);
  if (request === undefined) {
    throw notFound('removal-request');
  }
  return request;
};

const noCounts = { content: 0, files: 0, search: 0, copies: 0, queues: 0 } as const;

/** Takes messages out, and opens the checklist of it. */
export const remove = async (
  ctx: Ctx,
  { id: requestId, number }: StoredRequest,
  messageIds: readonly string[],
  alsoMessageIds: readonly string[],
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const reason = await printRequest(ctx, requestId, [...messageIds, ...alsoMessageIds]);
  const named = { requestId, number, reason, messageIds, alsoMessageIds };
  const removed = await removeMessages(ctx, named);
  await noteFiles(ctx.tx, workspaceId, requestId, removed.hashes);
  const { messages: content, copies, files, words: search, queued: queues } = removed;
  await addToChecklist(ctx.tx, workspaceId, requestId, { content, copies, files, search, queues });
};

type Reasons = ReadonlyMap<string, DecisionReason>;

/** Why each is decided so, by message: as was said, or else as it was asked for. */
const reasonsOf = async (
  ctx: Ctx,
  requestId: string,
  items: Decisions['items'],
): Promise<Reasons> => {
  const asked = await findPrintReason(ctx.tx, ctx.actor.workspaceId, requestId);
  return new Map(
    items.map(({ messageId, decision, reason }) => [
      messageId,
      reason ?? (decision === 'remove' ? asked : 'other'),
    ]),
  );
};

const recordOutcome = (
  ctx: Ctx,
  request: StoredRequest,
  outcome: Outcome,
  reasons: Reasons = new Map(),
): Promise<void> => {
  const { id: requestId, number } = request;
  const told = (action: string, ids: readonly string[]) =>
    ids.map((id) => {
      const reason = reasons.get(id);
      const why = reason === undefined ? {} : { reason };
      return { action, subject: { kind: 'message', id }, details: { requestId, number, ...why } };
    });
  return auditAll(ctx, [
    ...told('removals.removal-proposed', outcome.proposed),
    ...told('removals.message-removed', outcome.removed),
    ...told('removals.message-kept', outcome.kept),
  ]);
};

export const writeRequest = async (
  ctx: Ctx,
  requestId: string,
  next: MachineRequest,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  await writeState(ctx.tx, workspaceId, requestId, next);
  ctx.notices.add(workspaceId, 'removal', requestId);
  if (!isWaiting(next.state)) {
    await settleSoon(ctx, requestId);
  }
};

/** What went along with another request, as a copy or for its bytes, needs no decision of its own any more. */
export const closeGone = async (ctx: Ctx, by: StoredRequest): Promise<void> => {
  const { workspaceId } = ctx.actor;
  for (const gone of await findGoneElsewhere(ctx.tx, workspaceId, by.id, by.number)) {
    const { requestId, messageIds } = gone;
    const other = await lockKnown(ctx, requestId);
    const { request, outcome } = accepted(advance(other, { kind: 'removed', messageIds }));
    const decided = {
      requestId,
      messageIds: outcome.removed,
      state: 'removed',
      answer: null,
    } as const;
    await decideItems(ctx.tx, ctx.actor, decided);
    await addToChecklist(ctx.tx, workspaceId, requestId, noCounts);
    await writeRequest(ctx, requestId, request);
    await recordOutcome(ctx, other, outcome);
  }
};

/**
 * What this request has just taken along of its own: a copy of what goes, or a ticked one with the same bytes, that somebody named
 * as well. Nothing is left to decide about it.
 * @throws AppError decisions-at-odds (422): it was to be kept in the very same call
 */
const closeOwn = async (
  ctx: Ctx,
  { id: requestId, number }: StoredRequest,
  { request, outcome }: Advanced,
  answer: string | null,
): Promise<Advanced> => {
  const gone = await findGoneOf(ctx.tx, ctx.actor.workspaceId, requestId, number);
  if (gone.some((id) => outcome.kept.includes(id))) {
    throw new AppError('decisions-at-odds', 422);
  }
  const step = accepted(advance(request, { kind: 'removed', messageIds: gone }));
  const { removed: messageIds } = step.outcome;
  await decideItems(ctx.tx, ctx.actor, { requestId, messageIds, state: 'removed', answer });
  const proposed = outcome.proposed.filter((id) => !messageIds.includes(id));
  const removed = [...outcome.removed, ...messageIds];
  return { ...step, outcome: { ...outcome, proposed, removed } };
};

/**
 * Decides items of a request and does what was decided, all in this transaction. Of two who decide at once the first wins.
 * Nobody is asked whether they may.
 * @throws AppError removal-request-not-found, removal-request-decided, second-person-needed, message-not-found,
 *   message-on-its-way, message-not-removable, decisions-at-odds
 */
export const applyDecisions = async (
  ctx: Ctx,
  requestId: string,
  { items, answer }: Decisions,
): Promise<void> => {
  const { workspaceId, id, kind } = ctx.actor;
  const named = items.flatMap(({ messageId, alsoMessageIds }) => [
    messageId,
    ...(alsoMessageIds ?? []),
  ]);
  // Contacts and messages with all their copies, and the request after them.
  const found = await findRemovable(ctx, named);
  const before = await lockKnown(ctx, requestId);
  const needsTwo = await needsTwoPeople(ctx.tx, workspaceId, requestId);
  const by = { id: id ?? '', isPerson: kind === 'member' };
  const reasons = await reasonsOf(ctx, requestId, items);
  let step = accepted(advance(before, { kind: 'decide', by, needsTwo, items }));
  const { removed, kept } = step.outcome;
  if (kept.length > 0) {
    await restoreMessages(ctx, { requestId, messageIds: kept });
    await retireKept(ctx, before, kept);
    const decided = { requestId, messageIds: kept, state: 'kept', answer, reasons } as const;
    await decideItems(ctx.tx, ctx.actor, decided);
  }
  if (removed.length > 0) {
    const ticked = items.flatMap(({ messageId, alsoMessageIds }) =>
      removed.includes(messageId) ? (alsoMessageIds ?? []) : [],
    );
    await remove(ctx, before, removed, ticked);
    const theirs = found.filter(({ id: one }) => removed.includes(one));
    await flagSenders(ctx, requestId, theirs);
    const decided = { requestId, messageIds: removed, state: 'removed', answer, reasons } as const;
    await decideItems(ctx.tx, ctx.actor, decided);
    step = await closeOwn(ctx, before, step, answer);
  }
  const ticks = new Map(items.map((item) => [item.messageId, item.alsoMessageIds ?? []]));
  await proposeItems(ctx.tx, ctx.actor, requestId, step.outcome.proposed, ticks);
  await writeRequest(ctx, requestId, step.request);
  await recordOutcome(ctx, before, step.outcome, reasons);
  await closeGone(ctx, before);
};
