import type { Settings } from './settings.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets for one pair of business and person, and for one business number. */
export class RateLimits {
  #pairs = new Map<string, Bucket>();
  #numbers = new Map<string, Bucket>();
  #blockCalls = new Map<string, Bucket>();
  #limits: () => Settings['limits'];

  constructor(limits: () => Settings['limits']) {
    this.#limits = limits;
  }

  /** The code of the limit this message runs into, or null; takes the tokens when it passes. */
  take(channel: string, personId: string): 130429 | 131056 | null {
    const { numberPerSecond, pairBurst, pairEveryMs } = this.#limits();
    if (numberPerSecond !== null) {
      const perMs = numberPerSecond / 1_000;
      if (!spend(this.#numbers, channel, numberPerSecond, perMs)) return 130429;
    }
    if (pairBurst !== null) {
      const pair = `${channel} ${personId}`;
      if (!spend(this.#pairs, pair, pairBurst, 1 / pairEveryMs)) return 131056;
    }
    return null;
  }

  /** Whether one more request about the block list of this number is within its rate. */
  takeBlockCall(channel: string): boolean {
    const { blockCallsPerSecond: rate } = this.#limits();
    return rate === null || spend(this.#blockCalls, channel, rate, rate / 1_000);
  }

  clear(): void {
    this.#pairs.clear();
    this.#numbers.clear();
    this.#blockCalls.clear();
  }
}

function spend(buckets: Map<string, Bucket>, key: string, size: number, perMs: number): boolean {
  const now = Date.now();
  const bucket = buckets.get(key) ?? { tokens: size, at: now };
  const tokens = Math.min(size, bucket.tokens + (now - bucket.at) * perMs);
  const isEnough = tokens >= 1;
  buckets.set(key, { tokens: isEnough ? tokens - 1 : tokens, at: now });
  return isEnough;
}
