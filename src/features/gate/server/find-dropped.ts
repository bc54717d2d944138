import type { Ctx } from '#platform/server/deps.ts';
import { findDroppedHashes } from './store.ts';

/** An item by its channel's own id of it. */
interface NamedItem {
  readonly channelId: string;
  readonly externalId: string;
}

/** How a dropped item is recognised when it comes again. */
export const droppedHashOf = (ctx: Ctx, { channelId, externalId }: NamedItem): Buffer =>
  ctx.keyed.hash('dropped-item', `${channelId}/${externalId}`);

/** @returns of each, in the same order, whether the gate dropped it within the last days */
export const findDropped = async (
  ctx: Ctx,
  items: readonly (NamedItem & { readonly workspaceId: string })[],
): Promise<boolean[]> => {
  const named = items.map((item) => {
    return { workspaceId: item.workspaceId, hash: droppedHashOf(ctx, item) };
  });
  const dropped = await findDroppedHashes(ctx.tx, named);
  return named.map(({ hash }) => dropped.has(hash.toString('hex')));
};
