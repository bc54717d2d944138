import type { Ctx } from '#platform/server/deps.ts';
import { enqueueAll } from '#platform/server/jobs.ts';
import { findForgottenLanes } from './delivery-store.ts';
import { deleteOldEvents } from './event-store.ts';
import { deliverWebhooksJob, keyOfLane } from './job-names.ts';

/** How long the log remembers. */
export const logDays = 30;

/** Upkeep: forgets what is old, and gives lanes a job that lost theirs. */
export const forgetOldWebhooks = async (ctx: Ctx): Promise<void> => {
  await deleteOldEvents(ctx.tx, logDays);
  const lanes = await findForgottenLanes(ctx.tx);
  await enqueueAll(
    ctx.tx,
    deliverWebhooksJob,
    lanes.map((payload) => ({ payload, key: keyOfLane(payload) })),
  );
};
