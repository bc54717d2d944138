import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSharedRead } from './shared-read.ts';

/** Counts its reads; each takes 20 ms and answers what was true when it began. */
const counter = () => {
  const reads: string[] = [];
  let truth = 0;
  const read = async (key: string): Promise<number> => {
    reads.push(key);
    const seen = truth;
    await sleep(20);
    return seen;
  };
  return { reads, read, change: () => (truth += 1) };
};

describe('a shared read', () => {
  it('answers a lone question at once', async () => {
    const { reads, read } = counter();
    expect(await createSharedRead(read, 1_000)('a')).toBe(0);
    expect(reads).toEqual(['a']);
  });

  it('answers what was true after the question, in one read for all who wait', async () => {
    const { reads, read, change } = counter();
    const shared = createSharedRead(read, 50);
    const first = shared('a');
    change();
    const others = await Promise.all([shared('a'), shared('a'), shared('a')]);
    expect(await first).toBe(0);
    expect(others).toEqual([1, 1, 1]);
    expect(reads).toHaveLength(2);
  });

  it('reads no more often than the pause allows', async () => {
    const { reads, read } = counter();
    const shared = createSharedRead(read, 100);
    const begin = performance.now();
    for (let n = 0; n < 3; n += 1) {
      await shared('a');
    }
    expect(reads).toHaveLength(3);
    expect(performance.now() - begin).toBeGreaterThan(195);
  });

  it('keeps keys apart', async () => {
    const { reads, read } = counter();
    const shared = createSharedRead(read, 1_000);
    await Promise.all([shared('a'), shared('b')]);
    expect(reads).toEqual(['a', 'b']);
  });

  it('is not stopped by a read that fails', async () => {
    let reads = 0;
    const shared = createSharedRead(async () => {
      reads += 1;
      if (reads === 1) {
        throw new Error('away');
      }
      return reads;
    }, 10);
    const first = shared('a');
    const second = shared('a');
    await expect(first).rejects.toThrow('away');
    expect(await second).toBe(2);
  });
});
