import type { Ctx } from '#platform/server/deps.ts';
import type { PersonRef } from './normalize-identity.ts';
import { insertPeople, type NewPerson } from './people-store.ts';
import { resolveContacts } from './resolve-contacts.ts';

const personOf = ({ identity: { kind, value } }: NewPerson): PersonRef =>
  kind === 'bsuid' ? { bsuid: value } : { phone: value };

/**
 * Whoever is known under these identities, a phone or a business-scoped id each; made where nobody is. All of them are
 * locked, whatever their number, by the statements of one.
 * @returns the contact of each match key
 */
export const findOrCreatePeople = async (
  ctx: Ctx,
  people: readonly NewPerson[],
): Promise<Map<string, string>> => {
  const { workspaceId } = ctx.actor;
  const resolution = await resolveContacts(
    ctx,
    people.map((person) => ({ workspaceId, person: personOf(person) })),
  );
  const contactOf = new Map<string, string>();
  const missing = new Map<string, NewPerson>();
  for (const person of people) {
    const { key } = person.identity;
    const holder = resolution.holdersOfKey(workspaceId, key).find((known) => !known.isFormer);
    if (holder !== undefined) {
      contactOf.set(key, holder.contactId);
    } else if (!missing.has(key)) {
      missing.set(key, person);
    }
  }
  const made = await insertPeople(ctx.tx, workspaceId, [...missing.values()]);
  for (const [index, key] of [...missing.keys()].entries()) {
    contactOf.set(key, made[index] ?? '');
  }
  return contactOf;
};
