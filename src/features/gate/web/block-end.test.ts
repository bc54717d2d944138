import { describe, expect, it } from 'vitest';
import { blockEnd, endOfDay } from './block-end.ts';

const now = Date.parse('2026-11-23T15:00:00Z');

describe('endOfDay', () => {
  it.each([
    ['America/Sao_Paulo', '2026-11-30', '2026-12-01T02:59:59.000Z'],
    ['America/Noronha', '2026-11-30', '2026-12-01T01:59:59.000Z'],
    ['UTC', '2026-11-30', '2026-11-30T23:59:59.000Z'],
    ['Asia/Kolkata', '2026-11-30', '2026-11-30T18:29:59.000Z'],
    // The day on which the clocks of Lisbon go back, and the one on which New York's go forward.
    ['Europe/Lisbon', '2026-10-25', '2026-10-25T23:59:59.000Z'],
    ['America/New_York', '2027-03-14', '2027-03-15T03:59:59.000Z'],
  ])('is the last second of the day in %s', (zone, day, expected) => {
    expect(endOfDay(day, zone)?.toISOString()).toBe(expected);
  });

  it('refuses what is not a day', () => {
    expect(endOfDay('', 'UTC')).toBeNull();
    expect(endOfDay('2026-13-40', 'UTC')).toBeNull();
  });
});

describe('blockEnd', () => {
  it('counts from now', () => {
    expect(blockEnd('day', '', 'UTC', now)?.toISOString()).toBe('2026-11-24T15:00:00.000Z');
    expect(blockEnd('week', '', 'UTC', now)?.toISOString()).toBe('2026-11-30T15:00:00.000Z');
    expect(blockEnd('month', '', 'UTC', now)?.toISOString()).toBe('2026-12-23T15:00:00.000Z');
  });

  it('is null without end', () => {
    expect(blockEnd('endless', '2026-11-30', 'UTC', now)).toBeNull();
  });

  it('includes today and refuses yesterday, by the clocks of the workspace', () => {
    const lateInSaoPaulo = Date.parse('2026-11-24T01:00:00Z');
    const zone = 'America/Sao_Paulo';
    expect(blockEnd('date', '2026-11-23', zone, lateInSaoPaulo)?.toISOString()).toBe(
      '2026-11-24T02:59:59.000Z',
    );
    expect(blockEnd('date', '2026-11-22', zone, lateInSaoPaulo)).toBeUndefined();
    expect(blockEnd('date', '', zone, lateInSaoPaulo)).toBeUndefined();
  });
});
