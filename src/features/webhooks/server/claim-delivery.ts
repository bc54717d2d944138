import type { Ctx } from '#platform/server/deps.ts';
import { enqueue } from '#platform/server/jobs.ts';
import { newId } from '#platform/shared/ids.ts';
import { type Attempt, type AttemptError, testEventType } from '../contract.ts';
import { mostAttempts } from './back-off.ts';
import { bodyOf } from './body-of.ts';
import {
  endAttempt,
  findDueLane,
  findLaneHead,
  findTurns,
  type LaneHead,
  leaseDelivery,
  lockTurns,
} from './delivery-store.ts';
import { openSecret } from './endpoint-secret.ts';
import { deliverWebhooksJob, keyOfEndpoint, keyOfLane, type Lane } from './job-names.ts';

/** A request whose turn it is. */
export interface Turn {
  readonly lane: Lane;
  readonly leaseId: string;
  readonly deliveryId: string;
  readonly eventId: string;
  readonly isTest: boolean;
  readonly url: string;
  readonly body: string;
  /** Tries, this one included. */
  readonly attempt: number;
  readonly secrets: readonly string[];
}

/** Longer than a request may take: whoever has not recorded its end by then is taken for dead. */
export const leaseMs = 25_000;
/** Requests at a time to one endpoint, so that one that does not answer leaves workers for the others. */
const mostTurns = 4;
const mostTurnsFailing = 1;

const noted = (error: AttemptError): Attempt => ({
  at: new Date().toISOString(),
  ms: 0,
  status: null,
  error,
});

const secretsOf = (ctx: Ctx, endpointId: string, head: LaneHead): string[] =>
  [head.sealedSecret, head.sealedFormer].flatMap((sealed) => {
    const owner = { workspaceId: ctx.actor.workspaceId, endpointId };
    const secret = sealed === null ? undefined : openSecret(ctx.keyed, owner, sealed);
    return secret === undefined ? [] : [secret];
  });

/** What can end without a request. */
const hopelessBecause = (head: LaneHead, secrets: readonly string[]): AttemptError | undefined => {
  if (head.wasLeft && head.attemptCount >= mostAttempts) {
    return 'interrupted';
  }
  if (!head.isOn && head.type !== testEventType) {
    return 'endpoint-off';
  }
  return secrets.length === 0 ? 'secret-lost' : undefined;
};

/** A job for this lane, at its time; one that waits already is moved there. */
export const comeAgain = (ctx: Ctx, lane: Lane, runAt?: Date): Promise<void> =>
  enqueue(ctx.tx, deliverWebhooksJob, lane, {
    key: keyOfLane(lane),
    ...(runAt === undefined ? {} : { runAt }),
  });

/**
 * Whether this may be sent now. If not, whoever has a turn takes it afterwards, and a job looks again once one of them would be
 * taken for dead. A test does not count: somebody waits for it.
 */
const hasRoom = async (ctx: Ctx, lane: Lane, { type, isFailing }: LaneHead): Promise<boolean> => {
  if (type === testEventType) {
    return true;
  }
  const most = isFailing ? mostTurnsFailing : mostTurns;
  const { count, firstUntil } = await findTurns(ctx.tx, lane);
  if (count < most) {
    return true;
  }
  await enqueue(ctx.tx, deliverWebhooksJob, lane, {
    key: keyOfEndpoint(lane),
    ...(firstUntil === null ? {} : { runAt: firstUntil }),
  });
  return false;
};

/** Takes the turn of the first that waits in this lane, if it has come. */
const claimIn = async (ctx: Ctx, lane: Lane): Promise<Turn | 'nothing' | 'no-room'> => {
  const { workspaceId } = ctx.actor;
  for (;;) {
    const head = await findLaneHead(ctx.tx, lane);
    if (head === undefined) {
      return 'nothing';
    }
    if (head.waitsUntil !== null) {
      await comeAgain(ctx, lane, head.waitsUntil);
      return 'nothing';
    }
    const secrets = secretsOf(ctx, lane.endpointId, head);
    const hopeless = hopelessBecause(head, secrets);
    if (hopeless !== undefined) {
      await endAttempt(ctx.tx, workspaceId, head.id, noted(hopeless), 'failed');
      continue;
    }
    if (!(await hasRoom(ctx, lane, head))) {
      return 'no-room';
    }
    const leaseId = newId();
    const note = head.wasLeft ? [noted('interrupted')] : [];
    await leaseDelivery(ctx.tx, workspaceId, head.id, { id: leaseId, ms: leaseMs, note });
    return {
      ...{ lane, leaseId, secrets, deliveryId: head.id, eventId: head.eventId, url: head.url },
      isTest: head.type === testEventType,
      body: bodyOf(head),
      attempt: head.attemptCount + 1,
    };
  }
};

/**
 * Takes the turn of the first that waits in a lane, or else in another lane of the same endpoint that is due: a later one waits
 * until the first has arrived or failed for good. What a process that died had begun begins anew.
 * @returns undefined when there is nothing to send now; a job comes again when there will be
 */
export const claimDelivery = async (ctx: Ctx, first: Lane): Promise<Turn | undefined> => {
  await lockTurns(ctx.tx, first);
  for (let lane: Lane | undefined = first; lane !== undefined; ) {
    const claimed = await claimIn(ctx, lane);
    if (claimed === 'no-room') {
      return undefined;
    }
    const next = await findDueLane(ctx.tx, lane);
    if (claimed !== 'nothing') {
      if (next !== undefined) {
        await comeAgain(ctx, next);
      }
      return claimed;
    }
    lane = next;
  }
  return undefined;
};
