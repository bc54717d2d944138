import { describe, expect, it } from 'vitest';
import { firstLinkOf } from './link-card-jobs.ts';

describe('the first link of a text', () => {
  it('ends before the signs that close a sentence', () => {
    expect(firstLinkOf('Veja (https://loja.example/a?b=1).')).toBe('https://loja.example/a?b=1');
    expect(firstLinkOf('loja.example')).toBeUndefined();
    expect(firstLinkOf(`https://loja.example/${'a'.repeat(2_048)}`)).toBeUndefined();
    expect(firstLinkOf(null)).toBeUndefined();
  });

  it('is looked for in no time, whatever a stranger writes', () => {
    const begun = performance.now();
    for (const text of [`http://a${'.'.repeat(65_000)}b`, 'http://'.repeat(9_000)]) {
      expect(firstLinkOf(text)).toBeUndefined();
    }
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
