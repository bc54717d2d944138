import { describe, expect, it } from 'vitest';
import { presetOf, rangeOf, readProtectionSearch } from './protection-search.ts';

const canal = '0198c2a0-0000-7000-8000-000000000001';

describe('the address of the report', () => {
  it('keeps what can be asked for, and nothing else', () => {
    expect(readProtectionSearch({})).toEqual({});
    expect(readProtectionSearch({ periodo: '7d', canal, x: '1' })).toEqual({
      periodo: '7d',
      canal,
    });
    expect(readProtectionSearch({ periodo: 'sempre', canal: 'todos' })).toEqual({});
    expect(readProtectionSearch({ periodo: '7d', de: '2026-01-01', ate: '2026-01-31' })).toEqual({
      de: '2026-01-01',
      ate: '2026-01-31',
    });
    for (const [de, ate] of [
      ['2026-02-02', '2026-02-01'],
      ['2026-02-30', '2026-03-01'],
      ['2026-02-01', undefined],
      ['2020-01-01', '2026-01-01'],
      ['ontem', 'hoje'],
    ]) {
      expect(readProtectionSearch({ de, ate })).toEqual({});
    }
  });

  it('means days by the calendar', () => {
    const today = '2026-03-01';
    expect(rangeOf({}, today)).toEqual({ from: '2026-01-31', to: today });
    expect(rangeOf({ periodo: '7d' }, today)).toEqual({ from: '2026-02-23', to: today });
    expect(rangeOf({ periodo: 'mes' }, today)).toEqual({ from: today, to: today });
    expect(rangeOf({ periodo: 'mes-passado' }, today)).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
    });
    expect(rangeOf({ periodo: '12m' }, today)).toEqual({ from: '2025-04-01', to: today });
    const typed = { de: '2025-12-24', ate: '2025-12-26' };
    expect(rangeOf(typed, today)).toEqual({ from: '2025-12-24', to: '2025-12-26' });
    expect([presetOf({}), presetOf({ periodo: 'mes' }), presetOf(typed)]).toEqual([
      '30d',
      'mes',
      null,
    ]);
  });
});
