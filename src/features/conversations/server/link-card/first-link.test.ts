import { describe, expect, it } from 'vitest';
import { firstLinkOf } from './link-card-jobs.ts';

describe('the first link of a text', () => {
  it('ends before the signs that close a sentence', () => {
    expect(firstLinkOf('Veja (https://loja.example/a?b=1).')).toBe('https://loja.example/a?b=1');
    expect(firstLinkOf('loja.example')).toBeUndefined();
    expect(firstLinkOf(`https://loja.example/${'a'.repeat(2_048)}`)).toBeUndefined();
    expect(firstLinkOf(null)).toBeUndefined();
  });

  it.each([
    ['*https://loja.example/promo*', 'https://loja.example/promo'],
    ['_Veja *https://loja.example/a_b*_', 'https://loja.example/a_b'],
    ['> https://loja.example/citado', 'https://loja.example/citado'],
    ['`https://loja.example/a` e https://loja.example/b', 'https://loja.example/b'],
    ['```https://loja.example/a```', undefined],
    ['`https://loja.example/a`', undefined],
  ])('is the one that screens make a link of: %s', (text, link) => {
    expect(firstLinkOf(text)).toBe(link);
  });

  it('is looked for in no time, whatever a stranger writes', () => {
    const begun = performance.now();
    for (const text of [`http://a${'.'.repeat(65_000)}b`, 'http://'.repeat(9_000)]) {
      expect(firstLinkOf(text)).toBeUndefined();
    }
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
