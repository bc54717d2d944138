import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tx } from '#platform/server/deps.ts';
import {
  type BlockSpan,
  decideInbound,
  decideOutbound,
  dropCause,
  type InboundFacts,
  isRefused,
  type OutboundFacts,
  provesFor,
  provesIn,
} from './decide.ts';

const base = 1_790_000_000;
const seed = Math.floor(Math.random() * 2 ** 31);
const runs = { seed, numRuns: 2_000 };

/** Only told apart by identity here; nothing is asked of it. */
const aTx = (): Tx => ({}) as unknown as Tx;

const span = fc
  .record({
    start: fc.integer({ min: 0, max: 2_000_000 }),
    lasts: fc.option(fc.integer({ min: 0, max: 2_000_000 }), { nil: null }),
  })
  .map(
    ({ start, lasts }, index = 0): BlockSpan => ({
      blockId: `b${start}-${lasts}-${index}`,
      contactId: 'c',
      startedAt: new Date(base * 1000 + start),
      endedAt: lasts === null ? null : new Date(base * 1000 + start + lasts),
      isActive: lasts === null,
    }),
  );

const facts: fc.Arbitrary<InboundFacts> = fc.record({
  direction: fc.constantFrom('in', 'out'),
  timestamp: fc.integer({ min: base - 10, max: base + 4_010 }),
  spans: fc.array(span, { maxLength: 4 }),
  wasDropped: fc.boolean(),
});

/** Told in another way than the code under test tells it: by overlap of the item's second with the interval. */
const fallsInside = (s: BlockSpan, timestamp: number): boolean =>
  s.endedAt !== null &&
  timestamp * 1000 + 999 >= s.startedAt.getTime() &&
  timestamp * 1000 <= s.endedAt.getTime();

describe(`dropCause (seed ${seed})`, () => {
  it('lets pass every echo, whatever is blocked', () => {
    fc.assert(
      fc.property(facts, (f) => dropCause({ ...f, direction: 'out' }) === null),
      runs,
    );
  });

  it('drops everything inbound while a block is active', () => {
    fc.assert(
      fc.property(
        facts.filter((f) => f.spans.some((s) => s.isActive)),
        (f) => {
          const drop = dropCause({ ...f, direction: 'in' });
          expect(drop?.cause).toBe('active');
          expect(f.spans.find((s) => s.blockId === drop?.blockId)?.isActive).toBe(true);
        },
      ),
      runs,
    );
  });

  it('drops what was sent during an ended block, its first and last second included', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const isInside = f.spans.some((s) => fallsInside(s, f.timestamp));
        const drop = dropCause({ ...f, direction: 'in' });
        if (isInside && !f.spans.some((s) => s.isActive)) {
          expect(drop?.cause).toBe('late');
        }
        if (drop?.cause === 'late') {
          expect(isInside).toBe(true);
        }
      }),
      runs,
    );
  });

  it('lets pass what no block has to do with and was not dropped before', () => {
    fc.assert(
      fc.property(facts, (f) => {
        const isTouched = f.spans.some((s) => s.isActive || fallsInside(s, f.timestamp));
        const drop = dropCause({ ...f, direction: 'in', wasDropped: false });
        expect(drop === null).toBe(!isTouched);
      }),
      runs,
    );
  });

  it('keeps out what was dropped before, even when nothing else stands against it', () => {
    fc.assert(
      fc.property(
        facts.filter((f) => f.spans.length > 0),
        (f) => dropCause({ ...f, direction: 'in', wasDropped: true }) !== null,
      ),
      runs,
    );
  });

  it('never judges by how many other blocks there were: one more only drops more', () => {
    fc.assert(
      fc.property(facts, span, (f, more) => {
        const before = dropCause(f);
        const after = dropCause({ ...f, spans: [...f.spans, more] });
        expect(before !== null && after === null).toBe(false);
      }),
      runs,
    );
  });
});

const outbound: fc.Arbitrary<OutboundFacts> = fc.record({
  isBlocked: fc.boolean(),
  epoch: fc.nat(5),
  acceptedEpoch: fc.option(fc.nat(5), { nil: null }),
});

describe('isRefused', () => {
  it('refuses while blocked, and whatever was accepted under another epoch', () => {
    fc.assert(
      fc.property(outbound, (f) => {
        const isStale = f.acceptedEpoch !== null && f.acceptedEpoch !== f.epoch;
        expect(isRefused(f)).toBe(f.isBlocked || isStale);
      }),
      runs,
    );
  });
});

describe('a proof', () => {
  it('carries the very item and is good for its transaction and contacts only', () => {
    const [tx, other] = [aTx(), aTx()];
    const item = { text: 'oi' };
    const verdict = decideInbound(tx, item, ['c1', 'c2'], {
      direction: 'in',
      timestamp: base,
      spans: [],
      wasDropped: false,
    });
    if (verdict.kind !== 'pass') {
      throw new Error('it should pass');
    }
    expect(verdict.passed.item).toBe(item);
    expect(provesFor(verdict.passed, tx, 'c2')).toBe(true);
    expect(provesFor(verdict.passed, tx, 'c3')).toBe(false);
    expect(provesFor(verdict.passed, other, 'c1')).toBe(false);
    expect(provesIn(verdict.passed, other)).toBe(false);
  });

  it('of an outbound item carries the epoch that was judged', () => {
    const verdict = decideOutbound(
      aTx(),
      'item',
      'c',
      {
        isBlocked: false,
        epoch: 7,
        acceptedEpoch: 7,
      },
      'message',
    );
    expect(verdict.kind === 'pass' && verdict.passed.epoch).toBe(7);
    const refused = decideOutbound(
      aTx(),
      'item',
      'c',
      {
        isBlocked: false,
        epoch: 8,
        acceptedEpoch: 7,
      },
      'message',
    );
    expect(refused).toEqual({ kind: 'refuse', code: 'contact-blocked' });
  });
});
