import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MessageStatus, messageStatuses } from '../contract.ts';
import { nextStatus, type StatusChange } from './next-status.ts';

const seed = Math.floor(Math.random() * 2 ** 31);
const runs = { seed, numRuns: 2_000 };

const told = fc.constantFrom<MessageStatus[]>('sent', 'delivered', 'read', 'played', 'failed').map(
  (status): StatusChange => ({
    status,
    errorCode: status === 'failed' ? 'whatsapp-131026' : null,
  }),
);
const stored = fc
  .constantFrom<MessageStatus[]>('queued', 'sending', 'unknown', 'sent')
  .map((status): StatusChange => ({ status, errorCode: null }));

const reached: readonly MessageStatus[] = ['sent', 'delivered', 'read', 'played'];
const far = (status: MessageStatus): number => reached.indexOf(status);

describe(`nextStatus (seed ${seed})`, () => {
  it('ends in the same status in whatever order and however often it is told', () => {
    fc.assert(
      fc.property(
        stored,
        fc.array(told, { minLength: 1, maxLength: 6 }).chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray([...all, ...all], {
              minLength: all.length * 2,
              maxLength: all.length * 2,
            }),
          ),
        ),
        (before, [all, shuffled]) => {
          expect(shuffled.reduce(nextStatus, before)).toEqual(all.reduce(nextStatus, before));
        },
      ),
      runs,
    );
  });

  it('never goes back from what is known to have arrived', () => {
    fc.assert(
      fc.property(stored, fc.array(told, { maxLength: 8 }), (before, all) => {
        let now = before;
        for (const one of all) {
          const next = nextStatus(now, one);
          if (far(now.status) >= far('delivered')) {
            expect(far(next.status)).toBeGreaterThanOrEqual(far(now.status));
          }
          now = next;
        }
      }),
      runs,
    );
  });

  it('is a failure only when one was told and nothing that arrived', () => {
    fc.assert(
      fc.property(stored, fc.array(told, { maxLength: 8 }), (before, all) => {
        const after = all.reduce(nextStatus, before);
        const hasFailed = all.some((one) => one.status === 'failed');
        const hasArrived = all.some((one) => far(one.status) >= far('delivered'));
        expect(after.status === 'failed').toBe(hasFailed && !hasArrived);
        expect(after.errorCode === null).toBe(after.status !== 'failed');
      }),
      runs,
    );
  });

  it('answers only statuses of the contract', () => {
    fc.assert(
      fc.property(stored, told, (before, one) =>
        messageStatuses.includes(nextStatus(before, one).status),
      ),
      runs,
    );
  });
});
