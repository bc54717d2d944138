import type { Tx } from '#platform/server/deps.ts';

/** Contacts made in a transaction that is still open: nobody else can have blocked them. */
const createdIn = new WeakMap<Tx, Set<string>>();

/** Remembers that this transaction made these contacts. */
export const noteCreated = (tx: Tx, contactIds: readonly string[]): void => {
  const created = createdIn.get(tx) ?? new Set<string>();
  for (const id of contactIds) {
    created.add(id);
  }
  createdIn.set(tx, created);
};

/** Whether this very transaction made that contact. */
export const wasCreatedIn = (tx: Tx, contactId: string): boolean =>
  createdIn.get(tx)?.has(contactId) ?? false;
