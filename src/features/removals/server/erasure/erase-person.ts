import { requireCan } from '#features/accounts/server/index.ts';
import {
  findErasable,
  findNamesOfPerson,
  findPerson,
  forgetPerson,
  lockPerson,
} from '#features/contacts/server/index.ts';
import { eraseHistory, findPeopleOfCopies } from '#features/conversations/server/index.ts';
import { eraseFromGate, isOnWire } from '#features/gate/server/index.ts';
import { noteContacts } from '#features/journal/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { newId } from '#platform/shared/ids.ts';
import type { Erasure } from '../../erasure/contract.ts';
import { lockKnown, writeRequest } from '../apply-decisions.ts';
import { addToChecklist } from '../checklist-store.ts';
import { endName } from '../names/name-store.ts';
import { advance, isWaiting } from '../request-machine.ts';
import { tidySoon } from '../settle-soon.ts';
import { findRequestsAbout, forgetRequestWords, insertErasure } from './erasure-store.ts';

const noCounts = { content: 0, files: 0, search: 0, copies: 0, queues: 0 } as const;

/** What they asked for is gone: there is nothing left to decide. */
const closeRequest = async (ctx: Ctx, requestId: string, isOfName: boolean): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const request = await lockKnown(ctx, requestId);
  if (!isWaiting(request.state)) {
    return;
  }
  const messageIds = request.items.map((item) => item.messageId);
  const step = advance(request, { kind: 'removed', messageIds });
  if (step.refusal !== null) {
    return;
  }
  if (isOfName) {
    await endName(ctx.tx, ctx.actor, requestId, { state: 'removed', answer: null });
  }
  const counts = isOfName ? { content: 0, search: 0, queues: 0 } : noCounts;
  await addToChecklist(ctx.tx, workspaceId, requestId, counts);
  await writeRequest(ctx, requestId, step.request);
};

const eraseRequests = async (ctx: Ctx, contactIds: readonly string[]): Promise<number> => {
  const { workspaceId } = ctx.actor;
  const requests = await findRequestsAbout(ctx.tx, workspaceId, contactIds);
  for (const { id, isOfName } of requests) {
    await closeRequest(ctx, id, isOfName);
    ctx.notices.add(workspaceId, 'removal', id);
  }
  await forgetRequestWords(
    ctx.tx,
    workspaceId,
    requests.map(({ id }) => id),
  );
  return requests.length;
};

const requireQuiet = async (ctx: Ctx, contactIds: readonly string[]): Promise<void> => {
  for (const contactId of contactIds) {
    if (await isOnWire(ctx.tx, ctx.actor.workspaceId, contactId)) {
      throw new AppError('contact-on-wire', 409);
    }
  }
};

const record = async (ctx: Ctx, erasure: Erasure, erasureId: string): Promise<void> => {
  const { contactId, messages, copies, files, requests, isBlocked } = erasure;
  await audit(ctx, {
    action: 'removals.person-erased',
    subject: { kind: 'contact', id: contactId },
    details: { erasureId, messages, copies, files, requests, isBlocked },
  });
};

/**
 * Erases all that is known of a person, whoever the system's journal or an administrator says (decision 0046). In this
 * transaction: what was said, files named, names, numbers, notes, questions about who it is, requests; from its commit on nothing
 * of it is given to anybody and nothing leaves. Files and the tables' own bytes follow it.
 * @throws AppError contact-not-found, contact-merged, contact-erased, contact-on-wire, message-on-its-way
 */
export const erase = async (ctx: Ctx, contactId: string): Promise<Erasure> => {
  const { workspaceId } = ctx.actor;
  const person = await findPerson(ctx, contactId);
  const withCopies = await findPeopleOfCopies(ctx.tx, workspaceId, person);
  const contactIds = await lockPerson(ctx, contactId, withCopies);
  await requireQuiet(ctx, contactIds);
  const names = await findNamesOfPerson(ctx, contactIds);
  const locked = new Set([...contactIds, ...withCopies]);
  const history = await eraseHistory(ctx, contactIds, locked);
  const { isBlocked, isKeptOut } = await eraseFromGate(ctx, contactIds, names);
  await forgetPerson(ctx, contactId, contactIds, { isKeptOut });
  const requests = await eraseRequests(ctx, contactIds);
  const id = newId();
  const facts = { ...history, contactId, requests, isBlocked };
  const erasedAt = await insertErasure(ctx.tx, ctx.actor, { ...facts, id });
  // Of a request each thing has its line; of this the tables alone, which the same pass writes anew.
  await addToChecklist(ctx.tx, workspaceId, id, { content: history.messages });
  await tidySoon(ctx);
  await noteContacts(ctx, contactIds);
  ctx.notices.addRefetch(workspaceId);
  const erasure = { ...facts, erasedAt: erasedAt.toISOString() };
  await record(ctx, erasure, id);
  return erasure;
};

/**
 * The same, asked for by an administrator.
 * @throws AppError forbidden, and what `erase` throws
 */
export const erasePerson = (ctx: Ctx, contactId: string): Promise<Erasure> => {
  requireCan(ctx.actor, 'contact.erase');
  return erase(ctx, contactId);
};

/** Of a database that was restored: the journal says that this person was erased. Twice changes nothing. */
export const eraseAgain = async (ctx: Ctx, contactId: string): Promise<boolean> => {
  const state = await findErasable(ctx.tx, ctx.actor.workspaceId, contactId);
  if (state === undefined || state.isErased || state.mergedInto !== null) {
    return false;
  }
  await erase(ctx, contactId);
  return true;
};
