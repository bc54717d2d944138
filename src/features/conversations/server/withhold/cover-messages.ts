import type { Ctx } from '#platform/server/deps.ts';
import { setDelivery } from '../delivery-store.ts';
import {
  clearCovered,
  deleteCovers,
  findCoveredBy,
  insertCovers,
  insertReveal,
  setCovered,
} from './cover-store.ts';
import type { FamilyMember } from './lineage-store.ts';
import { lockLineage } from './lock-lineage.ts';
import { tellWithheld } from './tell-withheld.ts';

/** Why a message of ours that waited to be sent did not leave. */
export const coveredCode = 'content-covered';

export interface CoverInput {
  readonly requestId: string;
  /** Those that are named in the request; their copies follow them. */
  readonly messageIds: readonly string[];
}

/**
 * Withholds messages and every copy of them from everybody, until they are restored or removed: one column says so, and
 * whatever shows messages reads it (`shown_message`). What was removed is left as it is. What waits to be sent fails:
 * nothing leaves under a cover.
 * @returns the ids of all that is covered on account of these, copies too
 */
export const coverMessages = async (
  ctx: Ctx,
  { requestId, messageIds }: CoverInput,
): Promise<string[]> => {
  const { workspaceId } = ctx.actor;
  const { members, relatives } = await lockLineage(ctx, messageIds);
  const standing = new Map(
    members.flatMap((one) => (one.withheld === 'removed' ? [] : [[one.id, one]])),
  );
  const ids = [...standing.keys()];
  await insertCovers(
    ctx.tx,
    workspaceId,
    requestId,
    relatives.filter(({ id }) => standing.has(id)),
  );
  const covered = new Set(await setCovered(ctx.tx, workspaceId, ids));
  const queued = [...standing.values()].filter(({ status }) => status === 'queued');
  for (const { id } of queued) {
    await setDelivery(ctx.tx, workspaceId, id, { status: 'failed', errorCode: coveredCode });
  }
  await tellWithheld(
    ctx,
    { type: 'message.covered', requestId },
    [...standing.values()].filter(({ id }) => covered.has(id)),
  );
  return ids;
};

/**
 * Takes away what one request covers on account of these named messages. What another cover names stays withheld;
 * everything else is as it was, and what the person took back meanwhile stays taken back.
 */
export const restoreMessages = async (
  ctx: Ctx,
  { requestId, messageIds }: CoverInput,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const before = await findCoveredBy(ctx.tx, workspaceId, requestId, messageIds);
  const { members } = await lockLineage(ctx, [...new Set([...messageIds, ...before])]);
  const uncovered = await deleteCovers(ctx.tx, workspaceId, requestId, messageIds);
  const restored = new Set(await clearCovered(ctx.tx, workspaceId, uncovered));
  await tellWithheld(
    ctx,
    { type: 'message.restored', requestId },
    members.filter(({ id }: FamilyMember) => restored.has(id)),
  );
};

/** Remembers that this person looked under the cover. @returns whether it is new */
export const insertCoverReveal = (
  ctx: Ctx,
  requestId: string,
  messageId: string,
): Promise<boolean> => insertReveal(ctx.tx, ctx.actor, requestId, messageId);
