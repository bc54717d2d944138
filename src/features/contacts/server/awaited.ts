import type { Ctx } from '#platform/server/deps.ts';
import type { Keyed } from '#platform/server/keyed-hash.ts';
import { type AwaitedIdentity, deleteAwaited, findAwaited } from './awaited-store.ts';
import type { MatchKey } from './normalize-identity.ts';
import { learnIdentities } from './store.ts';

/** By which an identity is known where it must not stand itself: a match key, in its workspace. */
export const identityHashOf = (keyed: Keyed, workspaceId: string, matchKey: string): Buffer =>
  keyed.hash('journal-identity', `${workspaceId}/${matchKey}`);

export interface NamedIdentity {
  readonly workspaceId: string;
  readonly identity: MatchKey;
}

export type Awaited = AwaitedIdentity & NamedIdentity;

/**
 * Who of these people, whom nobody here knows, is a contact that the journal brought back without a name (decision 0040).
 * Their match keys are locked.
 */
export const findAwaitedAmong = async (
  ctx: Pick<Ctx, 'tx' | 'keyed'>,
  unknown: readonly NamedIdentity[],
): Promise<Awaited[]> => {
  if (unknown.length === 0) {
    return [];
  }
  const asked = unknown.map((one) => ({
    ...one,
    hash: identityHashOf(ctx.keyed, one.workspaceId, one.identity.key),
  }));
  const found = await findAwaited(ctx.tx, asked);
  return found.flatMap(({ workspaceId, hash, contactId }) =>
    asked
      .filter((one) => one.workspaceId === workspaceId && one.hash.equals(hash))
      .map((one) => ({ ...one, contactId })),
  );
};

/** From now on their contacts have these identities, and had them all along. The contacts are locked. */
export const takeAwaited = async (tx: Ctx['tx'], awaited: readonly Awaited[]): Promise<void> => {
  for (const one of awaited) {
    await learnIdentities(tx, one.workspaceId, one.contactId, [one.identity], 0);
    await deleteAwaited(tx, one);
  }
};
