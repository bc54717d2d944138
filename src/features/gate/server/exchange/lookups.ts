import type { Deps } from '#platform/server/deps.ts';
import type { Keyed } from '#platform/server/keyed-hash.ts';
import {
  findKeysInUse,
  findLookups,
  type KeyInUse,
  keepLookups,
  type Lookup,
} from './list-store.ts';
import { stretchAll } from './stretch.ts';

/** A number of somebody, in the spelling that all its spellings share. */
export interface NumberInWorkspace {
  readonly workspaceId: string;
  readonly matchKey: string;
}

/** A number has not been stretched yet, so whether it is on a list is not known: nothing passes, and the work is repeated. */
export class LookupNeededError extends Error {
  override readonly name = 'LookupNeededError';
}

const placeOf = (workspaceId: string, keyId: string): string =>
  `exchange_key/${workspaceId}/${keyId}`;

export const sealSalt = (keyed: Keyed, salt: Buffer, workspaceId: string, keyId: string): string =>
  keyed.seal('exchange-key', salt.toString('hex'), placeOf(workspaceId, keyId));

/** @throws Error for a seal of another installation: nothing can be decided then */
export const openSalt = (keyed: Keyed, { workspaceId, keyId, sealed }: KeyInUse): Buffer => {
  const salt = keyed.unseal('exchange-key', sealed, placeOf(workspaceId, keyId));
  if (salt === undefined) {
    throw new Error('the key of an exchange list does not open here');
  }
  return Buffer.from(salt, 'hex');
};

export interface Asked extends Lookup {
  readonly matchKey: string;
}

/** What is to be known of these numbers: each under every key of its workspace, once. */
export const askedOf = (
  keyed: Keyed,
  keys: readonly KeyInUse[],
  numbers: readonly NumberInWorkspace[],
): Asked[] => {
  const asked = new Map<string, Asked>();
  for (const { workspaceId, keyId } of keys) {
    for (const number of numbers) {
      if (number.workspaceId === workspaceId) {
        const name = `${keyId}/${number.matchKey}`;
        const hash = keyed.hash('exchange-lookup', name);
        asked.set(name, { workspaceId, keyId, hash, matchKey: number.matchKey });
      }
    }
  }
  return [...asked.values()];
};

/** Stretches what of these numbers nobody has stretched before, and keeps it. Not inside a transaction: it takes its time. */
export const prepareLookups = async (
  deps: Pick<Deps, 'db' | 'keyed'>,
  numbers: readonly NumberInWorkspace[],
): Promise<void> => {
  if (numbers.length === 0) {
    return;
  }
  const keys = await findKeysInUse(
    deps.db,
    numbers.map(({ workspaceId }) => workspaceId),
  );
  const asked = askedOf(deps.keyed, keys, numbers);
  const known = asked.length > 0 ? await findLookups(deps.db, asked) : new Map<string, Buffer>();
  const missing = asked.filter(({ hash }) => !known.has(hash.toString('hex')));
  for (const key of keys) {
    const own = missing.filter(({ keyId }) => keyId === key.keyId);
    if (own.length > 0) {
      const salt = openSalt(deps.keyed, key);
      const stretched = await stretchAll(
        salt,
        own.map(({ matchKey }) => matchKey),
      );
      await keepLookups(
        deps.db,
        own.map((one, index) => ({ ...one, stretched: stretched[index] ?? Buffer.alloc(0) })),
      );
    }
  }
};
