import { describe, expect, it } from 'vitest';
import { addDays, bucketsOf, unitOf } from './period.ts';

describe('the pieces of a period', () => {
  it('are days, weeks or months, never too many', () => {
    expect(unitOf('2026-01-01', '2026-01-31')).toBe('day');
    expect(unitOf('2026-01-01', '2026-02-01')).toBe('week');
    expect(unitOf('2026-01-01', '2026-12-31')).toBe('month');
    for (const days of [1, 31, 32, 217, 218, 1_097]) {
      const to = addDays('2026-01-07', days - 1);
      const buckets = bucketsOf('2026-01-07', to, unitOf('2026-01-07', to));
      expect(buckets.length).toBeLessThanOrEqual(37);
      expect(buckets.at(0)?.from).toBe('2026-01-07');
      expect(buckets.at(-1)?.to).toBe(to);
    }
  });

  it('begin on Mondays and on the first, cut by the period', () => {
    // A Wednesday to a Tuesday.
    expect(bucketsOf('2026-01-07', '2026-01-20', 'week')).toEqual([
      { from: '2026-01-07', to: '2026-01-11' },
      { from: '2026-01-12', to: '2026-01-18' },
      { from: '2026-01-19', to: '2026-01-20' },
    ]);
    expect(bucketsOf('2026-11-15', '2027-01-01', 'month')).toEqual([
      { from: '2026-11-15', to: '2026-11-30' },
      { from: '2026-12-01', to: '2026-12-31' },
      { from: '2027-01-01', to: '2027-01-01' },
    ]);
    expect(bucketsOf('2024-02-28', '2024-03-01', 'day').map(({ from }) => from)).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
  });
});
