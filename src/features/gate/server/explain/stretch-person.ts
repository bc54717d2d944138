import { matchKeysOf, type PersonRef } from '#features/contacts/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { findKeysInUse, type Hit } from '../exchange/list-store.ts';
import { openSalt } from '../exchange/lookups.ts';
import { stretchAll } from '../exchange/stretch.ts';

export type Stretched = Omit<Hit, 'reason' | 'since'>;

/**
 * As what a person's number would stand on the lists of other units. Takes its time, so not inside a transaction; nothing of
 * it is kept, because nobody has written.
 */
export const stretchPerson = async (
  { db, keyed }: Pick<Deps, 'db' | 'keyed'>,
  workspaceId: string,
  person: PersonRef,
): Promise<Stretched[]> => {
  const numbers = matchKeysOf(person).flatMap(({ kind, key }) => (kind === 'phone' ? [key] : []));
  const found: Stretched[] = [];
  for (const key of numbers.length > 0 ? await findKeysInUse(db, [workspaceId]) : []) {
    for (const stretched of await stretchAll(openSalt(keyed, key), numbers)) {
      found.push({ workspaceId, keyId: key.keyId, stretched });
    }
  }
  return found;
};
