interface Bucket {
  tokens: number;
  /** When `tokens` was right, in milliseconds. */
  at: number;
}

export interface TokenBuckets {
  /** Takes one token of this key. @returns 0, or after how many seconds there will be one */
  take(key: string): number;
}

/** Beyond so many keys, those that are full again are forgotten: they are as good as new. */
const mostKeys = 10_000;

/**
 * Lets each key do so much a second, and `burst` at once.
 * @param now milliseconds, for tests
 */
export const createTokenBuckets = (
  perSecond: number,
  burst: number,
  now: () => number = () => performance.now(),
): TokenBuckets => {
  const buckets = new Map<string, Bucket>();

  const refilled = ({ tokens, at }: Bucket, time: number): number =>
    Math.min(burst, tokens + ((time - at) / 1000) * perSecond);

  const forgetFull = (time: number): void => {
    for (const [key, bucket] of buckets) {
      if (refilled(bucket, time) >= burst) {
        buckets.delete(key);
      }
    }
  };
  return {
    take: (key) => {
      const time = now();
      if (buckets.size >= mostKeys && !buckets.has(key)) {
        forgetFull(time);
      }
      const known = buckets.get(key);
      const tokens = known === undefined ? burst : refilled(known, time);
      if (tokens < 1) {
        buckets.set(key, { tokens, at: time });
        return (1 - tokens) / perSecond;
      }
      buckets.set(key, { tokens: tokens - 1, at: time });
      return 0;
    },
  };
};
