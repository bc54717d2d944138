import { requireCan } from '#features/accounts/server/index.ts';
import { coverName, findMaskedNumber, lockNamed } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { newId } from '#platform/shared/ids.ts';
import { tellDueJob } from '../job-names.ts';
import { type AskerWords, insertRequest, putAsker, takeNumber } from '../request-store.ts';
import { askerOf, requireRoomToAsk } from '../take-messages.ts';
import { findNamePlace, insertNameItem } from './name-store.ts';

export interface AskNameInput extends AskerWords {
  readonly contactId: string;
}

const record = async (
  ctx: Ctx,
  action: string,
  contactId: string,
  details: Readonly<Record<string, string | number>>,
): Promise<void> => {
  await audit(ctx, {
    action,
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, ctx.actor.workspaceId, contactId),
    details,
  });
};

interface TakeName extends AskNameInput {
  /** By somebody who may decide as well, and does. */
  readonly isAtSight: boolean;
}

const open = async (
  ctx: Ctx,
  { contactId, isAtSight, reason, note }: TakeName,
): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const place = await findNamePlace(ctx.tx, workspaceId, contactId);
  const asker = askerOf(ctx);
  const id = newId();
  await coverName(ctx, id, contactId);
  // Whoever takes a number asks after all who took one before: so nobody passes the limit by asking twice at once.
  const number = await takeNumber(ctx.tx, workspaceId);
  const request = { id, number, contactId, ...place, isOwn: false, isAtSight };
  const dueAt = await insertRequest(ctx.tx, workspaceId, request);
  await insertNameItem(ctx.tx, workspaceId, { requestId: id, contactId, askerId: asker.id });
  if (!isAtSight) {
    await requireRoomToAsk(ctx);
  }
  await putAsker(ctx.tx, workspaceId, id, asker, { reason, note });
  const payload = { workspaceId, requestId: id };
  await enqueue(ctx.tx, tellDueJob, payload, { key: `removal-due:${id}`, runAt: dueAt });
  const action = isAtSight ? 'removals.name-opened-at-sight' : 'removals.name-asked';
  await record(ctx, action, contactId, { requestId: id, number, reason });
  return id;
};

/**
 * Covers what a contact is called, in the transaction of the caller: what is in an open request joins that. Nobody is asked whether
 * they may.
 * @returns the request
 * @throws AppError contact-not-found, name-not-removable, too-many-removal-requests
 */
export const takeName = async (ctx: Ctx, input: TakeName): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const { contactId, reason, note } = input;
  const known = await lockNamed(ctx, contactId);
  if (known === undefined) {
    const id = await open(ctx, input);
    ctx.notices.add(workspaceId, 'removal', id);
    return id;
  }
  if (await putAsker(ctx.tx, workspaceId, known, askerOf(ctx), { reason, note })) {
    await record(ctx, 'removals.joined', contactId, { requestId: known, reason });
  }
  ctx.notices.add(workspaceId, 'removal', known);
  return known;
};

/**
 * Asks for what a contact is called to be taken out: from this commit on the masked number stands for the name, for everybody.
 * There is one open request a name; whoever asks later joins it.
 * @returns the request
 * @throws AppError forbidden, contact-not-found, name-not-removable, too-many-removal-requests
 */
export const askForName = async (ctx: Ctx, input: AskNameInput): Promise<string> => {
  requireCan(ctx.actor, 'removal.ask');
  return takeName(ctx, { ...input, isAtSight: false });
};
