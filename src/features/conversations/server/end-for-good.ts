import { endClaimsOfMessages } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { rememberPurged } from './purge-store.ts';

/** How an item that is gone is recognised when it comes again. */
export const purgedHashOf = (ctx: Ctx, channelId: string, externalId: string): string =>
  ctx.keyed.hash('purged-item', `${channelId}/${externalId}`).toString('hex');

export interface Ending {
  readonly id: string;
  readonly channelId: string;
  readonly externalId: string | null;
}

/**
 * The way out that all share who take messages out for good, by age, on request or with a person (decisions 0024, 0036, 0046): their
 * claims end, and what brings them again is known by a keyed hash. What stands in their place is the caller's.
 * @returns the hash of each, hex, in the same order; null of what the channel never named
 */
export const endForGood = async (
  ctx: Ctx,
  messages: readonly Ending[],
): Promise<{ id: string; hash: string | null }[]> => {
  const { workspaceId } = ctx.actor;
  await endClaimsOfMessages(
    ctx.tx,
    messages.map(({ id }) => ({ workspaceId, id })),
  );
  const hashed = messages.map(({ id, channelId, externalId }) => ({
    id,
    hash: externalId === null ? null : purgedHashOf(ctx, channelId, externalId),
  }));
  await rememberPurged(
    ctx.tx,
    workspaceId,
    hashed.flatMap(({ hash }) => hash ?? []),
  );
  return hashed;
};
