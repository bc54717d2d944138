import { requireCan } from '#features/accounts/server/index.ts';
import { isJournaled } from '#features/journal/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { lockKnown } from './apply-decisions.ts';
import {
  addToChecklist,
  type CheckRow,
  endCheck,
  findChecks,
  findUnsettled,
  makeDue,
  settleFiles,
} from './checklist-store.ts';
import { findEmptied } from './item-store.ts';
import { findNamed } from './names/name-store.ts';
import { advance, isWaiting } from './request-machine.ts';
import { lockRequest, writeState } from './request-store.ts';
import { settleSoon, tidySoon } from './settle-soon.ts';

const minute = 60_000;
/** Until it is tried again, by how often it was tried: soon at first, then once an hour. */
const pauses = [1, 2, 5, 15, 30, 60];
export const nextTry = (tries: number): Date =>
  new Date(Date.now() + (pauses[Math.min(tries, pauses.length - 1)] ?? 60) * minute);

/** The files of a request that are still here and that nothing names. */
export const findFilesLeft = (ctx: Ctx, requestId: string): Promise<Buffer[]> =>
  settleFiles(ctx.tx, ctx.actor.workspaceId, requestId);

/** A request of which everything is gone is removed from then on, and those who asked hear of it. */
export const finishIfWhole = async (ctx: Ctx, requestId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const request = await lockRequest(ctx.tx, workspaceId, requestId);
  if (request === undefined) {
    return;
  }
  const checks = await findChecks(ctx.tx, workspaceId, requestId);
  const isWhole = checks.length > 0 && checks.every(({ state }) => state === 'done');
  const step = advance(request, { kind: 'check', isWhole });
  if (step.refusal === null && step.request.state !== request.state) {
    await writeState(ctx.tx, workspaceId, requestId, step.request);
    await audit(ctx, {
      action: 'removals.finished',
      subject: { kind: 'removal-request', id: requestId },
      details: { number: request.number },
    });
    ctx.notices.add(workspaceId, 'removal', requestId);
  }
};

/** What was tried outside of any transaction, and why it failed. */
export interface Tried {
  readonly files: 'storage-unreachable' | null;
  readonly journal: 'journal-unreachable' | null;
}

const settleJournal = async (
  ctx: Ctx,
  requestId: string,
  { tries }: CheckRow,
  failure: Tried['journal'],
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const named = await findNamed(ctx.tx, workspaceId, requestId);
  const contactIds = named === undefined ? [] : [named.namedId, named.contactId];
  if (await isJournaled(ctx, requestId, contactIds)) {
    await endCheck(ctx.tx, workspaceId, requestId, 'journal', { state: 'done' });
  } else {
    const at = nextTry(tries);
    const errorCode = failure ?? 'journal-unreachable';
    await endCheck(ctx.tx, workspaceId, requestId, 'journal', { state: 'failed', errorCode, at });
    await settleSoon(ctx, requestId, at);
  }
  ctx.notices.add(workspaceId, 'removal', requestId);
};

/**
 * After somebody tried to delete the files that were left and to write the journal: what became of it, and when it is tried
 * again.
 */
export const settleRequest = async (ctx: Ctx, requestId: string, tried: Tried): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const request = await lockRequest(ctx.tx, workspaceId, requestId);
  if (request === undefined) {
    return;
  }
  const checks = await findChecks(ctx.tx, workspaceId, requestId);
  const files = checks.find(({ step }) => step === 'files');
  if (files !== undefined && files.state !== 'done') {
    const left = await settleFiles(ctx.tx, workspaceId, requestId);
    if (left.length === 0) {
      await endCheck(ctx.tx, workspaceId, requestId, 'files', { state: 'done' });
    } else {
      const at = nextTry(files.tries);
      // Somebody else is about to name it, or was when their process died.
      const errorCode = tried.files ?? 'file-in-use';
      await endCheck(ctx.tx, workspaceId, requestId, 'files', { state: 'failed', errorCode, at });
      await settleSoon(ctx, requestId, at);
    }
    ctx.notices.add(workspaceId, 'removal', requestId);
  }
  const journal = checks.find(({ step }) => step === 'journal');
  if (journal !== undefined && journal.state !== 'done') {
    await settleJournal(ctx, requestId, journal, tried.journal);
  }
  if (checks.some(({ step, state }) => step === 'tables' && state !== 'done')) {
    await tidySoon(ctx);
  }
  await finishIfWhole(ctx, requestId);
};

/**
 * Tries now what is not whole.
 * @throws AppError forbidden, removal-request-not-found, removal-request-open, removal-request-decided: nothing is left
 */
export const retryChecklist = async (ctx: Ctx, requestId: string): Promise<void> => {
  requireCan(ctx.actor, 'removal.review');
  const { state, number } = await lockKnown(ctx, requestId);
  if (state !== 'removing') {
    const code = isWaiting(state) ? 'removal-request-open' : 'removal-request-decided';
    throw new AppError(code, 409);
  }
  await makeDue(ctx.tx, ctx.actor.workspaceId, requestId);
  await settleSoon(ctx, requestId);
  await audit(ctx, {
    action: 'removals.retried',
    subject: { kind: 'removal-request', id: requestId },
    details: { number },
  });
};

/** Nobody has decided in time: the open screens are told. */
export const tellDue = async (ctx: Ctx, requestId: string): Promise<void> => {
  const request = await lockRequest(ctx.tx, ctx.actor.workspaceId, requestId);
  if (request !== undefined && isWaiting(request.state)) {
    ctx.notices.add(ctx.actor.workspaceId, 'removal', requestId);
  }
};

interface RequestRef {
  readonly workspaceId: string;
  readonly requestId: string;
}

/** What upkeep has to look at: requests with nothing left to decide, and those that are not whole. */
export const findNeglected = async (
  ctx: Ctx,
): Promise<{ emptied: RequestRef[]; unsettled: RequestRef[] }> => ({
  emptied: await findEmptied(ctx.tx),
  unsettled: await findUnsettled(ctx.tx),
});

/** All that a request named was deleted by its age (decision 0024): nothing is left to decide. */
export const closeEmptied = async (ctx: Ctx, requestId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const request = await lockRequest(ctx.tx, workspaceId, requestId);
  if (request === undefined || !isWaiting(request.state)) {
    return;
  }
  const step = advance(request, { kind: 'forgotten', messageIds: [] });
  if (step.refusal !== null || isWaiting(step.request.state)) {
    return;
  }
  await writeState(ctx.tx, workspaceId, requestId, step.request);
  if (step.request.state === 'removing') {
    const nothing = { content: 0, files: 0, search: 0, copies: 0, queues: 0 };
    await addToChecklist(ctx.tx, workspaceId, requestId, nothing);
    await settleSoon(ctx, requestId);
  }
  ctx.notices.add(workspaceId, 'removal', requestId);
};
