import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { Attempt } from '../contract.ts';
import { hopelessAfterDays, waitAfter } from './back-off.ts';
import type { Turn } from './claim-delivery.ts';
import { endAttempt, holdsLease, lockLane } from './delivery-store.ts';
import { noteArrival, switchOff } from './endpoint-store.ts';
import type { Lane } from './job-names.ts';
import type { PostOutcome } from './post-event.ts';

/** The receiver says that there is nothing of it any more. */
const goneStatus = 410;

const nextOf = (turn: Turn, { error, retryAfterMs }: PostOutcome) => {
  if (error === null) {
    return 'delivered';
  }
  const wait = turn.isTest ? undefined : waitAfter(turn.attempt);
  return wait === undefined ? 'failed' : { againInMs: Math.max(wait, retryAfterMs ?? 0) };
};

const switchOffByItself = async (
  ctx: Ctx,
  endpointId: string,
  cause: 'failing' | 'gone',
): Promise<void> => {
  await switchOff(ctx.tx, ctx.actor.workspaceId, endpointId, cause);
  await audit(ctx, {
    action: 'webhooks.endpoint-gave-up',
    subject: { kind: 'webhook-endpoint', id: endpointId },
    details: { cause },
  });
};

/** @returns whether it was switched off for this */
const noteAtEndpoint = async (
  ctx: Ctx,
  endpointId: string,
  { status, error }: PostOutcome,
): Promise<boolean> => {
  const isHopeless = await noteArrival(ctx.tx, ctx.actor.workspaceId, endpointId, {
    hasArrived: error === null,
    days: hopelessAfterDays,
  });
  if (status !== goneStatus && !isHopeless) {
    return false;
  }
  await switchOffByItself(ctx, endpointId, status === goneStatus ? 'gone' : 'failing');
  return true;
};

/**
 * Records how a request ended. One that took so long that its turn was given to another changes nothing: the other records.
 */
export const recordDelivery = async (
  ctx: Ctx,
  lane: Lane,
  turn: Turn,
  outcome: PostOutcome & { readonly at: Date; readonly ms: number },
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  await lockLane(ctx.tx, lane);
  if (!(await holdsLease(ctx.tx, workspaceId, turn.deliveryId, turn.leaseId))) {
    return;
  }
  const { status, error, ms } = outcome;
  // A test that fails says nothing of the events. The endpoint before its deliveries, as whoever switches it off does.
  const isOff =
    (!turn.isTest || error === null) && (await noteAtEndpoint(ctx, lane.endpointId, outcome));
  const attempt: Attempt = { at: outcome.at.toISOString(), ms, status, error };
  const next = isOff ? 'failed' : nextOf(turn, outcome);
  await endAttempt(ctx.tx, workspaceId, turn.deliveryId, attempt, next);
};
