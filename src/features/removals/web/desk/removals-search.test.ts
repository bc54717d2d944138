import { describe, expect, it } from 'vitest';
import { hasFilter, queryOf, readRemovalsSearch, withoutFilter } from './removals-search.ts';

const id = '018f2f6e-7c1a-7b2b-9c3d-0123456789ab';

describe('the address of the page of removal requests', () => {
  it('keeps what it knows and drops the rest', () => {
    const typed = { estado: 'decididas', motivo: 'golpe', canal: 'x', responsavel: id, outra: '1' };
    expect(readRemovalsSearch(typed)).toEqual({
      estado: 'decididas',
      motivo: 'golpe',
      responsavel: id,
    });
    expect(readRemovalsSearch({ estado: 'aberta', atrasadas: 'talvez' })).toEqual({});
  });

  it('opens with what waits', () => {
    expect(queryOf({}, id)).toEqual({ state: 'waiting' });
  });

  it('asks the server in its own words', () => {
    const search = {
      estado: 'removidas',
      motivo: 'ofensa',
      canal: id,
      responsavel: 'ninguem',
      atrasadas: 'sim',
    } as const;
    expect(queryOf(search, 'me')).toEqual({
      state: 'removed',
      reason: 'offense',
      channelId: id,
      assigneeId: 'none',
      overdue: 'true',
    });
    expect(queryOf({ responsavel: 'eu' }, id)).toEqual({ state: 'waiting', assigneeId: id });
  });

  it('tells a filter from a place', () => {
    expect(hasFilter({ estado: 'todas' })).toBe(false);
    expect(hasFilter({ estado: 'todas', atrasadas: 'sim' })).toBe(true);
    expect(withoutFilter({ estado: 'todas', atrasadas: 'sim' })).toEqual({ estado: 'todas' });
  });
});
