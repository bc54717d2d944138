import { requireCan } from '#features/accounts/server/index.ts';
import { findMaskedNumber, lockContacts } from '#features/contacts/server/index.ts';
import { publish } from '#features/webhooks/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { newId } from '#platform/shared/ids.ts';
import { bringUpRequestJob } from '../job-names.ts';
import { findOpenBlock } from '../store.ts';
import {
  type AskerWords,
  attachLastMessages,
  countAskedLately,
  findOpenRequest,
  insertRequest,
  putAsker,
} from './request-store.ts';

/** A request withholds a contact's media from everybody: nobody hides a whole inbox with it. */
const mostAnHour = 50;

/** When it is brought up, if nobody decides by then. */
export const bringUpLater = (ctx: Ctx, requestId: string, runAt: Date): Promise<void> =>
  enqueue(
    ctx.tx,
    bringUpRequestJob,
    { workspaceId: ctx.actor.workspaceId, requestId },
    { key: `block-request:${requestId}`, runAt },
  );

const open = async (ctx: Ctx, contactId: string): Promise<string> => {
  const request = { workspaceId: ctx.actor.workspaceId, id: newId(), contactId };
  const dueAt = await insertRequest(ctx.tx, request);
  await attachLastMessages(ctx.tx, request);
  await bringUpLater(ctx, request.id, dueAt);
  return request.id;
};

const actionOf = (asked: 'new' | 'other-reason', known: string | undefined): string => {
  if (asked === 'other-reason') {
    return 'gate.block-request-reason-changed';
  }
  return known === undefined ? 'gate.block-requested' : 'gate.block-request-joined';
};

/**
 * Asks the administration to block a contact. There is one open request a contact: whoever asks later joins it, whoever
 * asks again says it anew.
 * @returns the request, and whether this opened it
 * @throws AppError forbidden, contact-not-found, contact-blocked, too-many-block-requests
 */
export const requestBlock = async (
  ctx: Ctx,
  { contactId, ...words }: AskerWords & { readonly contactId: string },
): Promise<{ id: string; isNew: boolean }> => {
  requireCan(ctx.actor, 'block.request');
  const { workspaceId } = ctx.actor;
  const [contact] = await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  if (contact === undefined || contact.mergedInto !== null) {
    throw notFound('contact');
  }
  if ((await findOpenBlock(ctx.tx, workspaceId, contactId))?.isActive) {
    throw new AppError('contact-blocked', 409);
  }
  const known = await findOpenRequest(ctx.tx, workspaceId, contactId);
  const id = known ?? (await open(ctx, contactId));
  const asked = await putAsker(ctx.tx, id, ctx.actor, words);
  if (asked !== 'same') {
    if (asked === 'new' && (await countAskedLately(ctx.tx, ctx.actor)) > mostAnHour) {
      throw new AppError('too-many-block-requests', 429);
    }
    const maskedNumber = await findMaskedNumber(ctx.tx, workspaceId, contactId);
    await audit(ctx, {
      action: actionOf(asked, known),
      subject: { kind: 'contact', id: contactId },
      maskedNumber,
      details: { requestId: id, reason: words.reason },
    });
    if (known === undefined) {
      const data = { requestId: id, reason: words.reason };
      await publish(ctx, { type: 'block.requested', data }, { contactId, maskedNumber });
    }
  }
  ctx.notices.add(workspaceId, 'contact', contactId);
  return { id, isNew: known === undefined };
};
