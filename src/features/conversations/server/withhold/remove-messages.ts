import { noteRemovals } from '#features/journal/server/index.ts';
import { forgetMedia, forgetUploadsOf } from '#features/media/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { endForGood } from '../end-for-good.ts';
import { lockLineage } from './lock-lineage.ts';
import { deleteTraces, isOneOnItsWay, makeTombstones } from './remove-store.ts';
import { findOfOtherBytes } from './same-bytes-queries.ts';
import { tellWithheld } from './tell-withheld.ts';

export interface RemoveInput {
  readonly requestId: string;
  /** Of the request; stands on what is left. */
  readonly number: number;
  /** Why, as a code; the journal keeps it. */
  readonly reason?: string | undefined;
  readonly messageIds: readonly string[];
  /** Others with the very bytes of one of these, which somebody ticked. */
  readonly alsoMessageIds: readonly string[];
}

/** What went, for the checklist of the request. */
export interface Removed {
  /** Of those that were named, and those that were ticked. */
  readonly messages: number;
  /** What was forwarded from one to the other. */
  readonly copies: number;
  /** That messages named; their bytes follow once this is committed. */
  readonly files: number;
  /** Of those bytes, for whoever looks whether they are gone. */
  readonly hashes: readonly Buffer[];
  readonly words: number;
  /** What waited to be sent, and does not leave. */
  readonly queued: number;
}

/**
 * Takes messages out for good, with every copy that was forwarded: text, payload, file and thumbnail, reactions, words,
 * what requests were answered. A row stays in the place of each, which says that something was here and nothing of it; a
 * keyed hash of its id keeps it from being stored again, and is noted for the journal. Quotations are look-ups and find nothing any more.
 * @throws AppError message-on-its-way (409), message-not-removable (422: a ticked one has other bytes)
 */
export const removeMessages = async (ctx: Ctx, input: RemoveInput): Promise<Removed> => {
  const { workspaceId } = ctx.actor;
  const { messageIds, alsoMessageIds } = input;
  const named = new Set([...messageIds, ...alsoMessageIds]);
  const { members } = await lockLineage(ctx, [...named]);
  const standing = members.filter(
    ({ withheld, kind }) => withheld !== 'removed' && kind !== 'activity',
  );
  const ids = standing.map(({ id }) => id);
  const gone = new Set(members.flatMap(({ id, withheld }) => (withheld === 'removed' ? [id] : [])));
  const ticked = alsoMessageIds.filter((id) => !gone.has(id));
  if ((await findOfOtherBytes(ctx.tx, workspaceId, messageIds, ticked)).length > 0) {
    throw new AppError('message-not-removable', 422);
  }
  if (await isOneOnItsWay(ctx.tx, workspaceId, ids)) {
    throw new AppError('message-on-its-way', 409);
  }
  const hashed = await endForGood(ctx, standing);
  await noteRemovals(
    ctx,
    input,
    hashed.map(({ id, hash }) => ({ id, hash: hash === null ? null : Buffer.from(hash, 'hex') })),
  );
  await makeTombstones(ctx.tx, workspaceId, input.number, ids);
  const files = new Map<string, Buffer>();
  for (const id of ids) {
    for (const file of await forgetMedia(ctx, { workspaceId, id })) {
      files.set(file.toString('hex'), file);
    }
  }
  await forgetUploadsOf(ctx, [...files.values()]);
  const words = await deleteTraces(ctx, ids);
  const told = { type: 'message.removed', removalNumber: input.number } as const;
  await tellWithheld(ctx, { ...told, requestId: input.requestId }, standing);
  const messages = standing.filter(({ id }) => named.has(id)).length;
  const queued = standing.filter(({ status }) => status === 'queued').length;
  const copies = standing.length - messages;
  return { messages, copies, files: files.size, hashes: [...files.values()], words, queued };
};
