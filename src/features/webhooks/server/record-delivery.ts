import { audit } from '#platform/server/audit.ts';
import type { Ctx } from '#platform/server/deps.ts';
import type { Attempt } from '../contract.ts';
import { hopelessAfterDays, waitAfter } from './back-off.ts';
import type { Turn } from './claim-delivery.ts';
import { endAttempt, holdsLease, lockTurns } from './delivery-store.ts';
import { noteArrival, switchOff } from './endpoint-store.ts';
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

/**
 * That nothing has arrived for days is said by one that had all its tries: after days without an event one failure says little.
 * @returns whether it was switched off for this
 */
const noteAtEndpoint = async (
  ctx: Ctx,
  endpointId: string,
  { status, error }: PostOutcome,
  isLastTry: boolean,
): Promise<boolean> => {
  const isHopeless = await noteArrival(ctx.tx, ctx.actor.workspaceId, endpointId, {
    hasArrived: error === null,
    days: hopelessAfterDays,
  });
  if (status !== goneStatus && !(isHopeless && isLastTry)) {
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
  turn: Turn,
  outcome: PostOutcome & { readonly at: Date; readonly ms: number },
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  await lockTurns(ctx.tx, turn.lane);
  if (!(await holdsLease(ctx.tx, workspaceId, turn.deliveryId, turn.leaseId))) {
    return;
  }
  const { status, error, ms } = outcome;
  // A test that fails says nothing of the events. The endpoint before its deliveries, as whoever switches it off does.
  const next = nextOf(turn, outcome);
  const isOff =
    (!turn.isTest || error === null) &&
    (await noteAtEndpoint(ctx, turn.lane.endpointId, outcome, next === 'failed'));
  const attempt: Attempt = { at: outcome.at.toISOString(), ms, status, error };
  await endAttempt(ctx.tx, workspaceId, turn.deliveryId, attempt, isOff ? 'failed' : next);
};
