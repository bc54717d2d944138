import type { Ctx } from '#platform/server/deps.ts';
import { matchKeysOf } from './normalize-identity.ts';
import { resolveContacts } from './resolve-contacts.ts';
import { insertContact, learnIdentities } from './store.ts';

/** The contact with this number (international digits), made when there is none; locked. */
export const findOrCreateContact = async (
  ctx: Ctx,
  phone: string,
  givenName: string | null,
): Promise<string> => {
  const { workspaceId } = ctx.actor;
  const person = { phone };
  const resolution = await resolveContacts(ctx, [{ workspaceId, person }]);
  const holder = resolution.holdersOf(workspaceId, person).find((known) => !known.isFormer);
  if (holder !== undefined) {
    return holder.contactId;
  }
  const contact = { workspaceId, profileName: null, username: null, givenName };
  const contactId = await insertContact(ctx.tx, contact);
  // With a plus sign until the person writes: WhatsApp would take bare digits for a number of our own country.
  const keys = matchKeysOf(person).map((key) => ({ ...key, value: `+${key.value}` }));
  await learnIdentities(ctx.tx, workspaceId, contactId, keys);
  return contactId;
};
