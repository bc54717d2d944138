import type { SendOutcome } from '#channels/channel.ts';
import { assertNever } from '#platform/shared/assert-never.ts';
import type { DeliveryChange } from './delivery-store.ts';

/** After so many tries a message is failed and said so. */
const mostAttempts = 8;

/** 2 s, 4 s, 8 s … at most 5 minutes, with up to a quarter more so that many do not come back at once. */
const backOffMs = (attempts: number): number =>
  Math.min(2_000 * 2 ** attempts, 300_000) * (1 + Math.random() / 4);

/** What an outcome means for a message; `attempts` went before it. */
export const changeFor = (outcome: SendOutcome, attempts: number): DeliveryChange => {
  switch (outcome.kind) {
    case 'accepted':
      return { status: 'sent', externalId: outcome.externalId };
    case 'refused':
      return { status: 'failed', errorCode: outcome.code };
    case 'retry':
      return attempts + 1 >= mostAttempts
        ? { status: 'failed', errorCode: outcome.code }
        : { status: 'queued', nextAttemptInMs: outcome.afterMs ?? backOffMs(attempts) };
    case 'unknown':
      return { status: 'unknown' };
    default:
      return assertNever(outcome);
  }
};
