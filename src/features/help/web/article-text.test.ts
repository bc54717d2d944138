import { describe, expect, it } from 'vitest';
import type { Article } from './article.ts';
import { findIn, leadOf, sectionsOf, wantedOf } from './article-text.ts';
import { articleAt, articleNames, slugs } from './slugs.ts';

const paragraph = (text: string) => ({ kind: 'paragraph', content: [text] }) as const;
const heading = (id: string, text: string) => ({ kind: 'heading', id, content: [text] }) as const;

const article: Article = {
  title: 'Bloquear',
  blocks: [
    {
      kind: 'paragraph',
      content: ['A ', { kind: 'strong', content: ['administração'] }, ' decide.'],
    },
    heading('prazo', 'Por um tempo'),
    {
      kind: 'list',
      isOrdered: false,
      items: [[paragraph('30 dias')], [paragraph('Até uma data')]],
    },
    heading('lista', 'No WhatsApp'),
    paragraph('A lista tem 64.000 lugares.'),
    heading('mais', 'Leia também'),
    paragraph('Remoção'),
  ],
};

describe('an article as text', () => {
  it('is in parts, and about what its first paragraph says', () => {
    expect(leadOf(article)).toBe('A administração decide.');
    expect(sectionsOf(article).map(({ id, text }) => [id, text.trim()])).toEqual([
      [null, 'A administração decide.'],
      ['prazo', '30 dias\nAté uma data'],
      ['lista', 'A lista tem 64.000 lugares.'],
      ['mais', 'Remoção'],
    ]);
  });

  it('is found by all words that it has, without accents, and says where they are', () => {
    const found = (typed: string) => findIn(article, wantedOf(typed))?.map(({ id }) => id);
    expect(found('DIAS ate')).toEqual(['prazo']);
    expect(found('lista 64.000')).toEqual(['lista']);
    // In the article, but nowhere together.
    expect(found('administracao lugares')).toEqual([]);
    expect(found('administracao remocao')).toBeUndefined();
    expect(found('boleto')).toBeUndefined();
    expect(wantedOf(' –  ')).toEqual([]);
  });
});

describe('an address of an article', () => {
  it('is told by its name in any language, and no two have one name', () => {
    for (const name of articleNames) {
      for (const slug of Object.values<string>(slugs[name])) {
        expect([slug, articleAt(slug)]).toEqual([slug, name]);
      }
    }
    expect(articleAt('respostas')).toBeUndefined();
    expect(articleAt('constructor')).toBeUndefined();
  });
});
