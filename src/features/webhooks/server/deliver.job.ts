import { z } from 'zod';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type AnyJob, forList, type Job } from '#platform/server/jobs.ts';
import { isPublicAddress } from '#platform/server/private-address.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { claimDelivery, comeAgain, leaseMs, type Turn } from './claim-delivery.ts';
import { forgetOldWebhooks } from './forget-old.ts';
import { deliverWebhooksJob, forgetWebhooksJob, type Lane, lanePayload } from './job-names.ts';
import { type PostOutcome, type PostRules, postEvent } from './post-event.ts';
import { recordDelivery } from './record-delivery.ts';
import { sign } from './sign.ts';

const requestMs = 10_000;
/** Then the job makes room for others: one that works for half a minute is taken for dead (app/server/job-store.ts). */
const longestMs = 12_000;

/** What tests change. */
export type DeliveryRules = Partial<PostRules>;

const write = async (turn: Turn, begun: number, rules: PostRules): Promise<PostOutcome> => {
  // A process that stood still meanwhile may have lost its turn: it writes nothing.
  if (performance.now() - begun > leaseMs - rules.timeoutMs - 1_000) {
    return { status: null, error: 'interrupted' };
  }
  return postEvent(
    turn.url,
    turn.body,
    sign(turn.eventId, new Date(), turn.body, turn.secrets),
    rules,
  );
};

const deliver = async (deps: Deps, first: Lane, rules: PostRules): Promise<void> => {
  const actor = systemActor(first.workspaceId);
  let lane = first;
  const begunAll = performance.now();
  for (;;) {
    if (performance.now() - begunAll > longestMs) {
      await inTx(deps, actor, (ctx) => comeAgain(ctx, lane));
      return;
    }
    const begun = performance.now();
    const turn = await inTx(deps, actor, (ctx) => claimDelivery(ctx, lane));
    if (turn === undefined) {
      return;
    }
    lane = turn.lane;
    const at = new Date();
    const written = performance.now();
    const outcome = await write(turn, begun, rules);
    const ms = Math.round(performance.now() - written);
    await inTx(deps, actor, (ctx) => recordDelivery(ctx, turn, { ...outcome, at, ms }));
  }
};

/** Slow: they wait for servers of strangers. @param rules for tests */
export const webhookJobs = (rules: DeliveryRules = {}): AnyJob[] => {
  const deliverWebhooks: Job<Lane> = {
    ...deliverWebhooksJob,
    payload: lanePayload,
    run: (lane, { deps }) =>
      deliver(deps, lane, {
        isAllowed: deps.config.mayHookPrivate ? () => true : isPublicAddress,
        timeoutMs: requestMs,
        ...rules,
      }),
  };
  return [forList(deliverWebhooks)];
};

const forget: Job<unknown> = {
  ...forgetWebhooksJob,
  payload: z.unknown(),
  run: (_payload, { deps }) => inTx(deps, systemActor(everyWorkspace), forgetOldWebhooks),
};

/** Upkeep of the log. */
export const webhookUpkeepJobs: readonly AnyJob[] = [forList(forget)];
