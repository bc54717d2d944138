import type { Tx } from '#platform/server/deps.ts';
import { type AccountKey, accountAmong } from './accounts-apart.ts';
import type { AssignmentFacts } from './assign-identity.ts';
import type { MatchKey } from './normalize-identity.ts';
import { findSaidApart } from './people/conflict-store.ts';
import { type AccountOf, findBsuids } from './store.ts';

/** What is known of some contacts, by which it is told whose an item is. What a batch teaches is added as it goes. */
export interface KnownAccounts extends Pick<AssignmentFacts, 'accountsOf' | 'wereSaidApart'> {
  /** The contact has the account among these, and it is of the portfolio that they tell. */
  note(contactId: string, keys: readonly MatchKey[]): void;
}

const pairOf = (one: string, other: string): string => [one, other].sort().join('/');

/** @param contacts each once, of any workspaces */
export const findKnownAccounts = async (
  tx: Tx,
  contacts: readonly { workspaceId: string; contactId: string }[],
): Promise<KnownAccounts> => {
  const accounts = new Map<string, readonly AccountKey[]>(
    contacts.map(({ contactId }) => [contactId, []]),
  );
  const rows: readonly AccountOf[] = await findBsuids(tx, contacts);
  for (const { contactId, ...account } of rows) {
    accounts.set(contactId, [...(accounts.get(contactId) ?? []), account]);
  }
  const apart = contacts.length > 1 ? await findSaidApart(tx, contacts) : [];
  const pairs = new Set(apart.map(({ contactId, otherId }) => pairOf(contactId, otherId)));
  return {
    accountsOf: (contactId) => accounts.get(contactId) ?? [],
    wereSaidApart: (contactId, otherId) => pairs.has(pairOf(contactId, otherId)),
    note: (contactId, keys) => {
      const told = accountAmong(keys);
      if (told === undefined) {
        return;
      }
      const known = accounts.get(contactId) ?? [];
      const before = known.find(({ matchKey }) => matchKey === told.matchKey);
      const portfolioId = told.portfolioId ?? before?.portfolioId ?? null;
      accounts.set(contactId, [...known.filter((one) => one !== before), { ...told, portfolioId }]);
    },
  };
};
