import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutFormatted } from './cut-formatted.ts';
import { plainWords } from './formatted-text.ts';

const shown = (text: string, length: number): string => plainWords(cutFormatted(text, length));

describe('the beginning of a formatted text', () => {
  it('closes at the cut what is closed behind it', () => {
    const words = 'palavra '.repeat(50).trim();
    expect(shown(`*${words}*`, 30)).toBe('palavra palavra palavra palav');
    expect(shown(`Oi *_${words}_* fim`, 30)).toBe('Oi palavra palavra palavra p');
    expect(shown(`\`\`\`${words}\`\`\``, 30).startsWith('palavra palavra')).toBe(true);
    expect(shown(`~${words}~ *x*`, 9)).toBe('palavra');
  });

  it('leaves a sign that is never closed, and what is short', () => {
    expect(cutFormatted('2 * 3 e *nada', 8)).toBe('2 * 3 e');
    expect(shown(`*nada ${'mais '.repeat(20)}`, 20)).toBe('*nada mais mais mais');
    expect(cutFormatted('*curto*', 300)).toBe('*curto*');
  });

  it('parts no sign of two halves', () => {
    expect(cutFormatted('😀😀😀😀', 3)).toBe('😀😀😀');
  });

  it('shows the beginning of what the whole shows', () => {
    const piece = fc.constantFrom(
      'bem',
      '*bem ali*',
      '_sim_',
      '~a b c~',
      '*_x y_*',
      '`z w`',
      '1*2',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 90 }), (all, n) => {
        const text = all.join(' ');
        expect(plainWords(text).startsWith(shown(text, n))).toBe(true);
        expect(cutFormatted(text, n).length).toBeLessThanOrEqual(n + 5);
      }),
    );
  });
});
