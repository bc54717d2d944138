import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { enqueueApply, enqueueCheck, type ListPlace } from './job-names.ts';
import { findStanding, noteRest } from './outcome-store.ts';
import { beginReading, findReading } from './reading-store.ts';
import { setUpstream } from './setting-store.ts';

/** A reading that has not ended after so long has lost its job. */
const lostAfterMs = 600_000;

/** From here on it is under way, though its job begins a moment later; one that is under way goes on. */
const startCheck = async (ctx: Ctx, place: ListPlace): Promise<void> => {
  const open = await findReading(ctx.tx, place);
  if (open === undefined || open.from.getTime() < Date.now() - lostAfterMs) {
    const { id: readId } = await beginReading(ctx.tx, place, 0);
    await enqueueCheck(ctx.tx, { ...place, readId });
  }
};

/**
 * Switches the second layer of a number on or off. Off, what we put on its list is taken off; on, everybody who is
 * blocked is asked for, after a reading that shows who is there.
 * @throws AppError forbidden, channel-not-found
 */
export const setBlockList = async (ctx: Ctx, channelId: string, isOn: boolean): Promise<void> => {
  requireCan(ctx.actor, 'channel.manage');
  const place = { workspaceId: ctx.actor.workspaceId, channelId };
  const standing = await findStanding(ctx.tx, place);
  if (standing === undefined) {
    throw notFound('channel');
  }
  if (standing.isOn === isOn) {
    return;
  }
  await setUpstream(ctx.tx, place, isOn);
  if (isOn) {
    // What could not be taken off is to be there again.
    await noteRest(ctx.tx, place, null);
    await startCheck(ctx, place);
  } else {
    await enqueueApply(ctx.tx, place);
  }
  await audit(ctx, {
    action: 'gate.block-list-set',
    subject: { kind: 'channel', id: channelId },
    details: { isOn },
  });
};

/**
 * Has the list of a number read now.
 * @throws AppError forbidden, channel-not-found, block-list-off
 */
export const requestCheck = async (ctx: Ctx, channelId: string): Promise<void> => {
  requireCan(ctx.actor, 'channel.manage');
  const place = { workspaceId: ctx.actor.workspaceId, channelId };
  const standing = await findStanding(ctx.tx, place);
  if (standing === undefined) {
    throw notFound('channel');
  }
  if (!standing.isOn || !standing.isConnected) {
    throw new AppError('block-list-off', 409);
  }
  await startCheck(ctx, place);
  await audit(ctx, {
    action: 'gate.block-list-check-asked',
    subject: { kind: 'channel', id: channelId },
  });
};
