import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, longestText, type Marks } from './clean-text.ts';

const cleaned = (value: unknown, max = longestText) => {
  const marks: Marks = new Set();
  return { text: cleanText(value, max, marks), marks: [...marks] };
};

describe('cleanText', () => {
  it('leaves ordinary text alone, emoji and line breaks included', () => {
    expect(cleaned('Olá\n👩‍👩‍👧 tudo bem?')).toEqual({
      text: 'Olá\n👩‍👩‍👧 tudo bem?',
      marks: [],
    });
  });

  it('replaces NUL and halves of pairs', () => {
    expect(cleaned('a\0b\uD83Dc\uDE00')).toEqual({
      text: 'a\uFFFDb\uFFFDc\uFFFD',
      marks: ['text-cleaned'],
    });
  });

  it('cuts at the limit and never through a pair', () => {
    expect(cleaned('abcd', 4)).toEqual({ text: 'abcd', marks: [] });
    expect(cleaned('abcde', 4)).toEqual({ text: 'abcd', marks: ['text-cut'] });
    expect(cleaned('abc😀', 4)).toEqual({ text: 'abc', marks: ['text-cut'] });
    expect(cleaned('x'.repeat(longestText + 1)).text).toHaveLength(longestText);
  });

  it.each([[undefined], [null], [1], [{}], [['a']]])('is undefined for %j', (value) => {
    expect(cleaned(value)).toEqual({ text: undefined, marks: [] });
  });

  it('always gives text that PostgreSQL can hold, within the limit', () => {
    const anyText = fc.string({ unit: fc.nat({ max: 0xffff }).map((n) => String.fromCharCode(n)) });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 20 }), (value, max) => {
        const { text = '', marks } = cleaned(value, max);
        expect(text.length).toBeLessThanOrEqual(max);
        expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
        expect(text === value).toBe(marks.length === 0);
      }),
    );
  });
});
