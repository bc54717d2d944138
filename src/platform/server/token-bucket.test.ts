import { describe, expect, it } from 'vitest';
import { createTokenBuckets } from './token-bucket.ts';

describe('token buckets', () => {
  it('give a burst, then the rate, and say how long to wait', () => {
    let time = 0;
    const buckets = createTokenBuckets(2, 3, () => time);
    expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 0]);
    expect(buckets.take('a')).toBeCloseTo(0.5);
    expect(buckets.take('b')).toBe(0);
    time = 499;
    expect(buckets.take('a')).toBeGreaterThan(0);
    time = 500;
    expect(buckets.take('a')).toBe(0);
    expect(buckets.take('a')).toBeCloseTo(0.5);
    time = 60_000;
    expect([1, 2, 3, 4].map(() => buckets.take('a') === 0)).toEqual([true, true, true, false]);
  });

  it('forget whoever has been quiet, and nobody else', () => {
    let time = 0;
    const buckets = createTokenBuckets(1, 2, () => time);
    for (let n = 0; n < 10_000; n += 1) {
      buckets.take(`early ${n}`);
    }
    time = 5_000;
    buckets.take('busy');
    buckets.take('busy');
    expect(buckets.take('busy')).toBeGreaterThan(0);
    buckets.take('one more');
    expect(buckets.take('busy')).toBeGreaterThan(0);
  });
});
