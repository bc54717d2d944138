import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '#channels/channel.ts';
import { changeFor } from './delivery-change.ts';

const minute = 60_000;

/** A message that is refused in this way every time. @returns what became of it, after how many minutes and requests */
const refusedAlways = (outcome: SendOutcome) => {
  let [attempts, waitedMs, requests] = [0, 0, 0];
  for (; requests < 10_000; ) {
    requests += 1;
    const change = changeFor(outcome, { attempts, waitedMs });
    if (change.status !== 'queued') {
      return { status: change.status, attempts, minutes: Math.floor(waitedMs / minute), requests };
    }
    attempts += change.isNoAttempt === true ? 0 : 1;
    waitedMs += change.nextAttemptInMs ?? 0;
  }
  throw new Error('it goes on for ever');
};

describe('a message that is refused time and again', () => {
  it('for its pace waits for hours, and keeps tries for whatever else goes wrong', () => {
    const pace = { kind: 'retry', code: 'whatsapp-130429', afterMs: minute, isPace: true } as const;
    const ended = refusedAlways(pace);
    expect(ended).toEqual({ status: 'failed', attempts: 6, minutes: 360, requests: 361 });
    const other = { kind: 'retry', code: 'whatsapp-131000', afterMs: null } as const;
    expect(changeFor(other, { attempts: ended.attempts, waitedMs: 0 }).status).toBe('queued');
  });

  it('for its pace is tried again after a night in the queue', () => {
    const pace = { kind: 'retry', code: 'whatsapp-130429', afterMs: minute, isPace: true } as const;
    const waitedMs = 7 * 60 * minute;
    expect(changeFor(pace, { attempts: 0, waitedMs }).status).toBe('queued');
    expect(changeFor(pace, { attempts: 6, waitedMs }).status).toBe('failed');
  });

  it('for anything else is failed after eight tries', () => {
    const other = { kind: 'retry', code: 'whatsapp-131000', afterMs: null } as const;
    expect(refusedAlways(other)).toMatchObject({ status: 'failed', requests: 8 });
  });
});
