import { findMaskedNumber, lockStillNamed, removeName } from '#features/contacts/server/index.ts';
import {
  type JournaledName,
  noteNameRemoval,
  type RemoveAgain,
} from '#features/journal/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { newId } from '#platform/shared/ids.ts';
import { writeRequest } from '../apply-decisions.ts';
import { openLost } from '../lost-request.ts';
import { advance } from '../request-machine.ts';
import { lockRequest, raiseCounter, type StoredRequest } from '../request-store.ts';
import { closeGoneElsewhere, takeNameOut } from './decide-name.ts';
import { endName, findNamePlace, insertNameItem } from './name-store.ts';

/** The request as it is here, or opened again. The contacts are locked. */
const requestOf = async (
  ctx: Ctx,
  contactId: string,
  by: JournaledName['by'],
): Promise<StoredRequest> => {
  const { workspaceId } = ctx.actor;
  const requestId = by?.requestId ?? newId();
  const known = await lockRequest(ctx.tx, workspaceId, requestId);
  if (known !== undefined) {
    return known;
  }
  const place = { contactId, ...(await findNamePlace(ctx.tx, workspaceId, contactId)) };
  const lost = { requestId, number: by?.number ?? null, reason: by?.reason };
  return openLost(ctx, lost, place, (askerId) =>
    insertNameItem(ctx.tx, workspaceId, { requestId, contactId, askerId }),
  );
};

/** With the checklist of it, since what they are called is in the tables. */
const removeHere = async (
  ctx: Ctx,
  [contactId, ...others]: readonly [string, ...string[]],
  { at, by }: JournaledName,
): Promise<void> => {
  const request = await requestOf(ctx, contactId, by);
  await takeNameOut(ctx, request, [contactId, ...others], at);
  const messageIds = request.items.map((item) => item.messageId);
  const step = advance(request, { kind: 'removed', messageIds });
  if (step.refusal === null) {
    await endName(ctx.tx, ctx.actor, request.id, { state: 'removed', answer: null });
    await writeRequest(ctx, request.id, step.request);
  }
  await closeGoneElsewhere(ctx, request.id);
  await audit(ctx, {
    action: 'removals.name-removed-again',
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, ctx.actor.workspaceId, contactId),
    details: { requestId: request.id, number: request.number, cause: 'journal' },
  });
};

/**
 * Of a database that was restored: what these contacts are called goes anew, is not learnt again, and whoever asked for it is
 * answered. Of somebody who is called nothing here it is only noted. Nobody decides; twice changes nothing.
 */
export const removeNameAgain: RemoveAgain['name'] = async (ctx, contactIds, removed) => {
  const { workspaceId } = ctx.actor;
  const { at, by } = removed;
  const still = await lockStillNamed(ctx, contactIds, at);
  const [first, ...others] = still.contactIds;
  if (first === undefined) {
    return false;
  }
  if (by !== null) {
    await raiseCounter(ctx.tx, workspaceId, by.number);
  }
  const isAsked =
    by !== null && (await lockRequest(ctx.tx, workspaceId, by.requestId)) !== undefined;
  if (still.isCalled || isAsked) {
    await removeHere(ctx, [first, ...others], removed);
    return true;
  }
  await removeName(ctx, still.contactIds, at);
  if (by !== null) {
    await noteNameRemoval(ctx, by, still.contactIds);
  }
  return true;
};
