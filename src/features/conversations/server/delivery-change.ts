import type { Retry, SendOutcome } from '#channels/channel.ts';
import { assertNever } from '#platform/shared/assert-never.ts';
import type { DeliveryChange } from './delivery-store.ts';

/** After so many tries a message is failed and said so. */
const mostAttempts = 8;

/** Refused for its pace it waits for so long; a limit by the hour has passed by then. */
const longestPaceMs = 6 * 3_600_000;

/** And for at least so many tries: what stood in the queue for a night has not been refused for as long. */
const paceAttempts = mostAttempts - 2;

/** 2 s, 4 s, 8 s … at most 5 minutes, with up to a quarter more so that many do not come back at once. */
const backOffMs = (attempts: number): number =>
  Math.min(2_000 * 2 ** attempts, 300_000) * (1 + Math.random() / 4);

const forPace = ({ code, afterMs }: Retry, { attempts, waitedMs }: Tried): DeliveryChange =>
  waitedMs >= longestPaceMs && attempts >= paceAttempts
    ? { status: 'failed', errorCode: code }
    : {
        status: 'queued',
        nextAttemptInMs: afterMs ?? backOffMs(attempts),
        // Its waits grow with its tries, and then no more of these are used up: the last ones are for whatever else goes wrong.
        isNoAttempt: attempts >= paceAttempts,
      };

export interface Tried {
  /** Tries that went before. */
  readonly attempts: number;
  /** Since it was accepted. */
  readonly waitedMs: number;
}

/** What an outcome means for a message. */
export const changeFor = (outcome: SendOutcome, tried: Tried): DeliveryChange => {
  switch (outcome.kind) {
    case 'accepted':
      return { status: 'sent', externalId: outcome.externalId };
    case 'refused':
      return { status: 'failed', errorCode: outcome.code };
    case 'retry':
      if (outcome.isPace === true) {
        return forPace(outcome, tried);
      }
      return tried.attempts + 1 >= mostAttempts
        ? { status: 'failed', errorCode: outcome.code }
        : { status: 'queued', nextAttemptInMs: outcome.afterMs ?? backOffMs(tried.attempts) };
    case 'unknown':
      return { status: 'unknown' };
    default:
      return assertNever(outcome);
  }
};
