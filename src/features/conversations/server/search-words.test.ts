import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf, searchWords, toTsQuery } from './search-words.ts';

const shown = (text: string, typed: string): string =>
  excerptOf(text, searchWords(typed))
    .map((part) => (part.isMatch ? `[${part.text}]` : part.text))
    .join('');

describe('what is typed to search', () => {
  it('becomes words without accents and operators', () => {
    expect(searchWords(" Informações: 'nota.pdf' | !x ")).toEqual([
      'informacoes',
      'nota',
      'pdf',
      'x',
    ]);
    expect(toTsQuery(searchWords('as INFORMAÇÕES da entr'))).toBe(
      "'as' & 'informacao' & 'da' & 'entr':*",
    );
    expect(searchWords('!!! ...')).toEqual([]);
  });
});

describe('an excerpt', () => {
  it('shows the words that were found, in the ending they have', () => {
    expect(shown('Bom dia, e as entregas de hoje?', 'entrega')).toBe(
      'Bom dia, e as [entregas] de hoje?',
    );
    expect(shown('Não há informação', 'informacoes')).toBe('Não há [informação]');
  });

  it('begins near the first of them', () => {
    const parts = shown(`${'palavra '.repeat(50)}boleto vencido`, 'boleto');
    expect(parts.startsWith('…')).toBe(true);
    expect(parts).toContain('[boleto]');
    expect(parts.length).toBeLessThan(180);
  });

  it('is of the text, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, typed) => {
        const whole = excerptOf(text, searchWords(typed))
          .map((part) => part.text)
          .join('');
        expect(text.replace(/\s+/g, ' ').trim()).toContain(whole.replace(/^…|…$/g, ''));
      }),
    );
  });
});
