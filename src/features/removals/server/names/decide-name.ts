import { requireCan } from '#features/accounts/server/index.ts';
import {
  findMaskedNumber,
  lockCoveredNames,
  readCoveredName,
  removeName,
  restoreName,
} from '#features/contacts/server/index.ts';
import { forgetImportNames } from '#features/gate/server/index.ts';
import { noteNameRemoval } from '#features/journal/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { RevealedName } from '../../contract.ts';
import type { DecisionReason } from '../../reasons/contract.ts';
import { accepted, lockKnown, writeRequest } from '../apply-decisions.ts';
import { addToChecklist } from '../checklist-store.ts';
import { type BlockWish, blockToo, type Decided, requireDecider } from '../decide-request.ts';
import { findPrintReason } from '../repeats/repeat-store.ts';
import { advance } from '../request-machine.ts';
import { findSeen } from '../request-queries.ts';
import { needsTwoPeople, type StoredRequest } from '../request-store.ts';
import { endName, findNamed, findNamesGoneElsewhere, proposeName } from './name-store.ts';

export interface NameDecision {
  readonly decision: 'remove' | 'keep';
  readonly reason?: DecisionReason | undefined;
  readonly answer: string | null;
  readonly block?: BlockWish | undefined;
}

/** @throws AppError removal-request-not-found: it is about messages */
const requireNamed = async (ctx: Ctx, requestId: string) => {
  const named = await findNamed(ctx.tx, ctx.actor.workspaceId, requestId);
  if (named === undefined) {
    throw notFound('removal-request');
  }
  return named;
};

const record = async (
  ctx: Ctx,
  action: string,
  contactId: string,
  { id: requestId, number }: Pick<StoredRequest, 'id' | 'number'>,
  reason?: DecisionReason,
): Promise<void> => {
  await audit(ctx, {
    action,
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, ctx.actor.workspaceId, contactId),
    details: { requestId, number, ...(reason !== undefined && { reason }) },
  });
};

/** Where merges had made one contact of several, a name that went is decided everywhere. */
export const closeGoneElsewhere = async (ctx: Ctx, requestId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  for (const id of await findNamesGoneElsewhere(ctx.tx, workspaceId, requestId)) {
    const other = await lockKnown(ctx, id);
    const messageIds = other.items.map((item) => item.messageId);
    const { request } = accepted(advance(other, { kind: 'removed', messageIds }));
    await endName(ctx.tx, ctx.actor, id, { state: 'removed', answer: null });
    await addToChecklist(ctx.tx, workspaceId, id, { content: 0, search: 0, queues: 0 });
    await writeRequest(ctx, id, request);
  }
};

/**
 * Takes the name out, and opens the checklist of it. The contacts are locked, and the request.
 * @param at since when, where the journal says so
 */
export const takeNameOut = async (
  ctx: Ctx,
  { id: requestId, number }: Pick<StoredRequest, 'id' | 'number'>,
  contactIds: readonly string[],
  at: Date | null = null,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  await removeName(ctx, contactIds, at);
  const reason = await findPrintReason(ctx.tx, workspaceId, requestId);
  await noteNameRemoval(ctx, { requestId, number, reason }, contactIds);
  const queues = await forgetImportNames(ctx, contactIds);
  const content = contactIds.length;
  await addToChecklist(ctx.tx, workspaceId, requestId, { content, search: content, queues });
};

/**
 * Decides about a name: kept, it is back as it was; removed, it is gone from every place and is not learnt again. For some
 * reasons two people must say that it goes.
 * @throws AppError forbidden, removal-request-not-found, removal-request-decided, second-person-needed, block-end-in-the-past
 */
export const decideName = async (
  ctx: Ctx,
  requestId: string,
  { decision, answer, block, ...said }: NameDecision,
): Promise<Decided> => {
  requireDecider(ctx, block);
  const { workspaceId, id, kind } = ctx.actor;
  await findSeen(ctx.tx, ctx.actor, requestId);
  // Contacts first, and the request after them.
  const contactIds = await lockCoveredNames(ctx, requestId);
  const { namedId, contactId } = await requireNamed(ctx, requestId);
  const before = await lockKnown(ctx, requestId);
  const needsTwo = await needsTwoPeople(ctx.tx, workspaceId, requestId);
  const by = { id: id ?? '', isPerson: kind === 'member' };
  const items = [{ messageId: namedId, decision }];
  const { request, outcome } = accepted(advance(before, { kind: 'decide', by, needsTwo, items }));
  const asked = await findPrintReason(ctx.tx, workspaceId, requestId);
  const reason = said.reason ?? (decision === 'remove' ? asked : 'other');
  const blocked = await blockToo(ctx, contactId, block);
  if (outcome.proposed.length > 0) {
    await proposeName(ctx.tx, ctx.actor, requestId);
    await record(ctx, 'removals.name-proposed', contactId, before, reason);
  } else if (outcome.removed.length > 0) {
    await takeNameOut(ctx, before, contactIds);
    await endName(ctx.tx, ctx.actor, requestId, { state: 'removed', answer, reason });
    await record(ctx, 'removals.name-removed', contactId, before, reason);
  } else {
    await restoreName(ctx, requestId, contactIds);
    await endName(ctx.tx, ctx.actor, requestId, { state: 'kept', answer, reason });
    await record(ctx, 'removals.name-kept', contactId, before, reason);
  }
  await writeRequest(ctx, requestId, request);
  await closeGoneElsewhere(ctx, requestId);
  return { requestId, ...blocked };
};

/**
 * What the contact is called under the cover, for whoever reviews; each look is in the audit log.
 * @throws AppError forbidden, removal-request-not-found, removal-request-decided
 */
export const revealName = async (ctx: Ctx, requestId: string): Promise<RevealedName> => {
  requireCan(ctx.actor, 'removal.review');
  await lockCoveredNames(ctx, requestId);
  const { contactId, namedId } = await requireNamed(ctx, requestId);
  const request = await lockKnown(ctx, requestId);
  const item = request.items.find(({ messageId }) => messageId === namedId);
  // A later request may cover the name by now, and has looks of its own on record.
  if (item?.state !== 'open') {
    throw new AppError('removal-request-decided', 409);
  }
  const names = await readCoveredName(ctx, contactId);
  if (names === undefined) {
    throw notFound('contact');
  }
  await record(ctx, 'removals.name-revealed', contactId, request);
  return names;
};
