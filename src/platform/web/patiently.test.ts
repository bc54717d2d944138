import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from './http.ts';
import { patiently } from './patiently.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const tooMany = () => new ApiProblem(429, { code: 'too-many-requests' }, 2);

describe('what takes many requests', () => {
  it('waits as long as it is told, and then goes on', async () => {
    let asked = 0;
    const answer = patiently(() => {
      asked += 1;
      return asked < 3 ? Promise.reject(tooMany()) : Promise.resolve('done');
    });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(2_001);
    expect(await answer).toBe('done');
    expect(asked).toBe(3);
  });

  it('does not wait for ever, nor for what is wrong in another way', async () => {
    const always = patiently(() => Promise.reject(tooMany()));
    const isRefused = expect(always).rejects.toMatchObject({ status: 429 });
    await vi.advanceTimersByTimeAsync(60_000);
    await isRefused;
    const problem = new ApiProblem(0, { code: 'network' });
    await expect(patiently(() => Promise.reject(problem))).rejects.toBe(problem);
  });
});
