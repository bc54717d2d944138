import { describe, expect, it } from 'vitest';
import { writtenActions } from '#platform/shared/testing/written-actions.ts';
import { ptBR } from './locales/pt-br.ts';

const wordsOf = (action: string): unknown => {
  const [area = '', thing = ''] = action.split('.');
  const areas: Readonly<Record<string, Readonly<Record<string, string>>>> = ptBR.actions;
  return areas[area]?.[thing];
};

describe('every event that the server writes', () => {
  const actions = writtenActions();

  it('is found by this test', () => {
    expect(actions.length).toBeGreaterThan(20);
  });

  it.each(actions)('%s has words', (action) => {
    expect(wordsOf(action)).toEqual(expect.any(String));
  });
});
