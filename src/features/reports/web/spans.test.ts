import { expect, it } from 'vitest';
import { dayWords, lengthWords } from './spans.ts';

it('says lengths as people do', () => {
  const said = (ms: number) => lengthWords('en', ms);
  expect([0, 140.4, 999, 1_000, 59_400, 59_600, 90_000].map(said)).toEqual([
    '0 ms',
    '140 ms',
    '999 ms',
    '1 sec',
    '59 sec',
    '1 min',
    '2 min',
  ]);
  expect([3_599_000, 3_600_000, 12_000_000, 86_399_000, 86_400_000, 187_200_000].map(said)).toEqual(
    ['1 hr', '1 hr', '3 hr 20 min', '1 day', '1 day', '2 days 4 hr'],
  );
});

it('writes days as they are, wherever the screen is', () => {
  const words = dayWords('pt-BR');
  expect(words.whole('2026-01-01')).toBe('01/01/2026');
  expect(words.piece({ from: '2026-01-05', to: '2026-01-11' }, 'week')).toBe('05/01 – 11/01/2026');
  expect(words.tick({ from: '2026-01-05', to: '2026-01-05' }, 'day')).toBe('05/01');
  expect(words.piece({ from: '2026-01-05', to: '2026-01-31' }, 'month')).toMatch(/^jan/);
});
