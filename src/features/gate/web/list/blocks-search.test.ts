import { describe, expect, it } from 'vitest';
import { hasFilter, queryOf, readBlocksSearch, withoutFilter } from './blocks-search.ts';

describe('the address of the page of blocks', () => {
  it('keeps what it knows and drops what it does not', () => {
    expect(
      readBlocksSearch({
        aba: 'revisar',
        motivo: 'nada',
        busca: 1199,
        por: '',
        fim: '7-dias',
        x: 1,
      }),
    ).toEqual({ aba: 'revisar', busca: '1199', fim: '7-dias' });
    expect(readBlocksSearch({})).toEqual({});
  });

  it('becomes what the API is asked', () => {
    expect(queryOf({})).toEqual({ state: 'active' });
    expect(queryOf({ aba: 'revisar', ordem: 'fim' })).toEqual({
      state: 'active',
      toReview: 'true',
    });
    expect(
      queryOf({
        aba: 'todos',
        motivo: 'spam',
        tentativas: 'sem',
        fim: '30-dias',
        ordem: 'antigos',
      }),
    ).toEqual({
      state: 'all',
      reason: 'spam',
      attempts: 'none',
      endsWithinDays: 30,
      sort: 'oldest',
    });
  });

  it('knows whether anything is left out, and leaves the tab when the filters go', () => {
    expect(hasFilter({ aba: 'todos', ordem: 'fim' })).toBe(false);
    expect(hasFilter({ busca: 'ana' })).toBe(true);
    expect(withoutFilter({ aba: 'todos', busca: 'ana', ordem: 'fim' })).toEqual({
      aba: 'todos',
      ordem: 'fim',
    });
  });
});
