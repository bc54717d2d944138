import { describe, expect, it } from 'vitest';
import { readPoint } from './read-point.ts';

describe('a point that somebody typed', () => {
  it.each([
    ['-23.5505, -46.6333', [-23.5505, -46.6333]],
    [' -23.5505 -46.6333 ', [-23.5505, -46.6333]],
    ['-23,5505; -46,6333', [-23.5505, -46.6333]],
    ['-23,5505 -46,6333', [-23.5505, -46.6333]],
    ['10,20', [10, 20]],
    ['91, 0', null],
    ['0, 181', null],
    ['Praça da Sé', null],
    ['', null],
  ])('%s', (typed, expected) => {
    const point = readPoint(typed);
    expect(point && [point.latitude, point.longitude]).toEqual(expected);
  });
});
