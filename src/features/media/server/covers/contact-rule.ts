import { requireCan } from '#features/accounts/server/index.ts';
import { findMaskedNumber, lockContacts } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import type { ContactMediaRule } from '../../covers/contract.ts';
import { findContactRule } from './cover-queries.ts';
import { deleteContactRule, putContactRule } from './cover-store.ts';

type Rule = ContactMediaRule['rule'];

/** Locked, so that what arrives at the same moment comes before it or after it. @throws AppError contact-not-found, contact-merged */
const lockRule = async (ctx: Ctx, contactId: string): Promise<Rule> => {
  const { workspaceId } = ctx.actor;
  const [contact] = await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  if (contact === undefined || contact.isErased) {
    throw notFound('contact');
  }
  if (contact.mergedInto !== null) {
    throw new AppError('contact-merged', 409);
  }
  return (await findContactRule(ctx.tx, workspaceId, contactId))?.rule ?? 'usual';
};

const record = async (ctx: Ctx, contactId: string, action: string, cause?: string) => {
  const { workspaceId } = ctx.actor;
  ctx.notices.add(workspaceId, 'contact', contactId);
  await audit(ctx, {
    action,
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, contactId),
    ...(cause === undefined ? {} : { details: { cause } }),
  });
};

/**
 * What a contact sends from now on is covered, whoever has answered, or no longer so.
 * @throws AppError forbidden, contact-not-found, contact-merged
 */
export const setFlag = async (ctx: Ctx, contactId: string, isFlagged: boolean): Promise<void> => {
  requireCan(ctx.actor, 'removal.review');
  const before = await lockRule(ctx, contactId);
  if (isFlagged && before !== 'flagged') {
    await putContactRule(ctx.tx, ctx.actor, { contactId, rule: 'flagged', cause: 'manual' });
    await record(ctx, contactId, 'media.contact-flagged', 'manual');
  }
  if (!isFlagged && before === 'flagged') {
    await deleteContactRule(ctx.tx, ctx.actor.workspaceId, contactId);
    await record(ctx, contactId, 'media.contact-unflagged');
  }
};

/** Something of theirs was removed: the same, for the locked contact and in the name of whoever decided. */
export const flagForRemoval = async (ctx: Ctx, contactId: string): Promise<void> => {
  if ((await lockRule(ctx, contactId)) !== 'flagged') {
    await putContactRule(ctx.tx, ctx.actor, { contactId, rule: 'flagged', cause: 'removal' });
    await record(ctx, contactId, 'media.contact-flagged', 'removal');
  }
};

/**
 * *Sempre mostrar*: what this contact sends from now on is not covered, although nobody has answered; or as usual again.
 * @throws AppError contact-not-found, contact-merged, contact-flagged
 */
export const setAlwaysShown = async (
  ctx: Ctx,
  contactId: string,
  isShown: boolean,
): Promise<void> => {
  const before = await lockRule(ctx, contactId);
  if (isShown && before === 'flagged') {
    throw new AppError('contact-flagged', 409);
  }
  if (isShown && before !== 'shown') {
    await putContactRule(ctx.tx, ctx.actor, { contactId, rule: 'shown', cause: 'manual' });
    await record(ctx, contactId, 'media.contact-always-shown');
  }
  if (!isShown && before === 'shown') {
    await deleteContactRule(ctx.tx, ctx.actor.workspaceId, contactId);
    await record(ctx, contactId, 'media.contact-shown-ended');
  }
};

/** Two locked contacts become one: flagged if either was, and always shown only if both were. */
export const mergeRules = async (ctx: Ctx, keptId: string, otherId: string): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const [kept, other] = await Promise.all(
    [keptId, otherId].map((id) => findContactRule(ctx.tx, workspaceId, id)),
  );
  if (other?.rule === 'flagged' && kept?.rule !== 'flagged') {
    await putContactRule(ctx.tx, ctx.actor, { contactId: keptId, rule: 'flagged', cause: 'merge' });
  } else if (kept?.rule === 'shown' && other?.rule !== 'shown') {
    await deleteContactRule(ctx.tx, workspaceId, keptId);
  }
};

/** One locked contact becomes two: whoever was flagged stays so under both. */
export const splitRule = async (ctx: Ctx, from: string, to: string): Promise<void> => {
  const before = await findContactRule(ctx.tx, ctx.actor.workspaceId, from);
  if (before?.rule === 'flagged') {
    await putContactRule(ctx.tx, ctx.actor, { contactId: to, rule: 'flagged', cause: 'split' });
  }
};
