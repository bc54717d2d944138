import type { Ctx } from '#platform/server/deps.ts';
import { matchKeysOf, type PersonRef } from './normalize-identity.ts';
import { resolveContacts } from './resolve-contacts.ts';
import { insertContact, learnIdentities } from './store.ts';

/** Whoever is known under one of these names, the account first; made when nobody is. Locked. */
export const findOrCreatePerson = async (ctx: Ctx, person: PersonRef): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const resolution = await resolveContacts(ctx, [{ workspaceId, person }]);
  const current = resolution.holdersOf(workspaceId, person).filter((known) => !known.isFormer);
  const holder = current.find(({ kind }) => kind === 'bsuid') ?? current[0];
  if (holder !== undefined) {
    return holder.contactId;
  }
  const contact = { workspaceId, profileName: null, username: null };
  const contactId = await insertContact(ctx.tx, contact);
  await learnIdentities(ctx.tx, workspaceId, contactId, matchKeysOf(person));
  return contactId;
};
