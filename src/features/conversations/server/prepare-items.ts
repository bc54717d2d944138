import type { InboundItem } from '#channels/channel.ts';
import { matchKeysOf } from '#features/contacts/server/index.ts';
import { type NumberInWorkspace, prepareLookups } from '#features/gate/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import { isFromPerson, lookedUpOf } from './judged.ts';

/**
 * What `receiveItems` must find done, because it takes too long for a transaction: numbers are stretched where a workspace has
 * a list of another unit. Where there is none this is one question to the database.
 */
export const prepareItems = (deps: Deps, items: readonly InboundItem[]): Promise<void> => {
  const people = lookedUpOf(items.filter(isFromPerson));
  const numbers = people.flatMap(({ workspaceId, person }): NumberInWorkspace[] =>
    matchKeysOf(person).flatMap(({ kind, key }) =>
      kind === 'phone' ? [{ workspaceId, matchKey: key }] : [],
    ),
  );
  return prepareLookups(deps, numbers);
};
