import { expect, it } from 'vitest';
import { joinSmall, unlessFew } from './small-counts.ts';

const joined = (counts: Record<string, number>) =>
  joinSmall(Object.entries(counts).map(([of, count]) => ({ of, count }))).map(({ of, count }) => [
    of,
    count,
  ]);

it('names only what is many', () => {
  expect(joined({ a: 5, b: 9 })).toEqual([
    ['b', 9],
    ['a', 5],
  ]);
  expect(joined({ a: 9, b: 3, c: 2 })).toEqual([
    ['a', 9],
    [null, 5],
  ]);
});

it('leaves nothing to be told by what is missing', () => {
  expect(joined({ a: 9, b: 6, c: 1 })).toEqual([
    ['a', 9],
    [null, 7],
  ]);
  expect(joined({ a: 9, c: 1 })).toEqual([[null, 10]]);
  expect(joined({ a: 2 })).toEqual([[null, 2]]);
  expect(joined({})).toEqual([]);
});

it('tells nothing of how long a few took', () => {
  expect([unlessFew(4, 12), unlessFew(5, 12)]).toEqual([null, 12]);
});
