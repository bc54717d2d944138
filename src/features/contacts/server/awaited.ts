import type { Ctx } from '#platform/server/deps.ts';
import type { Keyed } from '#platform/server/keyed-hash.ts';
import type { Db, Tx } from '#platform/server/tx.ts';
import {
  deleteAwaited,
  type FoundAwaited,
  findAwaited,
  insertLeftBehind,
} from './awaited-store.ts';
import type { MatchKey } from './normalize-identity.ts';
import { learnIdentities } from './store.ts';

/** By which an identity is known where it must not stand itself: a match key, in its workspace. */
export const identityHashOf = (keyed: Keyed, workspaceId: string, matchKey: string): Buffer =>
  keyed.hash('journal-identity', `${workspaceId}/${matchKey}`);

export interface NamedIdentity {
  readonly workspaceId: string;
  readonly identity: MatchKey;
}

export type Awaited = FoundAwaited & NamedIdentity;

/** An identity of somebody whose data was erased, known again because it was just named. */
export interface ErasedName extends NamedIdentity {
  readonly contactId: string;
  readonly isFormer: boolean;
}

/** What may be read with, in a transaction or outside of one. */
export interface Lookup {
  readonly tx: Db | Tx;
  readonly keyed: Keyed;
}

/**
 * Who of these people is a contact that the journal brought back without a name (decision 0040), and who was erased while blocked
 * (decision 0046). Where something is decided by it, their match keys are locked.
 */
export const findAwaitedAmong = async (
  { tx, keyed }: Lookup,
  named: readonly NamedIdentity[],
): Promise<{ awaited: readonly Awaited[]; erased: readonly ErasedName[] }> => {
  if (named.length === 0) {
    return { awaited: [], erased: [] };
  }
  const asked = named.map((one) => ({
    ...one,
    hash: identityHashOf(keyed, one.workspaceId, one.identity.key),
  }));
  const found = (await findAwaited(tx, asked)).flatMap((row) =>
    asked
      .filter((one) => one.workspaceId === row.workspaceId && one.hash.equals(row.hash))
      .map(({ identity }) => ({ ...row, identity })),
  );
  return {
    awaited: found.filter(({ isErased }) => !isErased),
    erased: found.filter(({ isErased }) => isErased),
  };
};

/**
 * From now on their contacts have these identities, and had them all along; or had them once, where they were left behind. The
 * contacts are locked.
 */
export const takeAwaited = async (tx: Ctx['tx'], awaited: readonly Awaited[]): Promise<void> => {
  for (const one of awaited) {
    if (one.isFormer) {
      await insertLeftBehind(tx, one.workspaceId, one.contactId, one.identity);
    } else {
      await learnIdentities(tx, one.workspaceId, one.contactId, [one.identity], 0);
    }
    await deleteAwaited(tx, one);
  }
};
