import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { findMaskedNumber } from './queries.ts';
import { lockContacts, setGivenName } from './store.ts';

/**
 * Gives the contact a name of ours; null or an empty one takes it back.
 * @throws AppError contact-not-found, name-covered: whether the name goes is not decided yet
 */
export const renameContact = async (
  ctx: Ctx,
  contactId: string,
  givenName: string | null,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const [contact] = await lockContacts(ctx.tx, [{ workspaceId, contactId }]);
  if (contact === undefined || contact.mergedInto !== null) {
    throw notFound('contact');
  }
  if (contact.isNameCovered) {
    throw new AppError('name-covered', 409);
  }
  await setGivenName(ctx.tx, workspaceId, contactId, givenName === '' ? null : givenName);
  ctx.notices.add(workspaceId, 'contact', contactId);
  await audit(ctx, {
    action: 'contacts.renamed',
    subject: { kind: 'contact', id: contactId },
    maskedNumber: await findMaskedNumber(ctx.tx, workspaceId, contactId),
  });
};
