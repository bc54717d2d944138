import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { helpArticles } from '../../src/features/help/contract.ts';
import type { Block, Inline } from '../../src/features/help/web/article.ts';
import { articleNames, slugs } from '../../src/features/help/web/slugs.ts';
import { languages } from '../../src/platform/web/i18n/languages.ts';
import { placeOf, readArticle, sectionIds } from './read-article.ts';
import { idOf, readMarkdown } from './read-markdown.ts';

const around = {
  addressOf: (href: string) => (href.startsWith('https://') ? href : undefined),
  pictureAt: (source: string) => ({ source, width: 10, height: 5 }),
  ids: ['um', 'dois'],
};
const read = (body: string) => readMarkdown(`# Título\n\n## A\n\n${body}\n\n## B\n`, around).blocks;

describe('an article', () => {
  it('is a title, headings with ids that are the same in every language, and what stands between', () => {
    const { title, blocks } = readMarkdown(
      '# Um _título_\n\nOi\nde novo, **forte `x`**.\n\n## Ação e reação\n\n1. a\n2. b\n   - c\n\n### Mais\n\n## Fim\n\n![Foto](x.png)\n',
      around,
    );
    expect(title).toBe('Um título');
    expect(blocks).toEqual([
      {
        kind: 'paragraph',
        content: [
          'Oi',
          ' ',
          'de novo, ',
          { kind: 'strong', content: ['forte ', { kind: 'code', text: 'x' }] },
          '.',
        ],
      },
      { kind: 'heading', id: 'um', content: ['Ação e reação'] },
      {
        kind: 'list',
        isOrdered: true,
        items: [
          [{ kind: 'paragraph', content: ['a'] }],
          [
            { kind: 'paragraph', content: ['b'] },
            {
              kind: 'list',
              isOrdered: false,
              items: [[{ kind: 'paragraph', content: ['c'] }]],
            },
          ],
        ],
      },
      { kind: 'subheading', content: ['Mais'] },
      { kind: 'heading', id: 'dois', content: ['Fim'] },
      { kind: 'picture', source: 'x.png', words: 'Foto', width: 10, height: 5 },
    ]);
    expect(idOf('A lista do próprio WhatsApp')).toBe('a-lista-do-proprio-whatsapp');
  });

  it('holds no tags: they are words like others', () => {
    expect(read('<script>alert(1)</script> <img src=x onerror=alert(1)>')[1]).toEqual({
      kind: 'paragraph',
      content: ['<script>alert(1)</script> <img src=x onerror=alert(1)>'],
    });
  });

  it('leads nowhere but to other articles and to pages of the web', () => {
    expect(read('[fora](https://example.com/a)')[1]).toMatchObject({
      content: [{ kind: 'link', to: 'https://example.com/a', content: ['fora'] }],
    });
    for (const href of ['http://example.com', '/api/v1/me', 'x.md', 'mailto:a@example.com']) {
      expect(() => read(`[não](${href})`)).toThrow('no article may have link_open');
    }
    // What could be a program is no link at all.
    expect(read('[não](javascript:alert(1))')[1]).toMatchObject({
      content: ['[não](javascript:alert(1))'],
    });
  });

  it('is refused where it has what no screen draws', () => {
    for (const body of ['> a', '```\na\n```', '---', '| a |\n|-|\n| b |', '- ![a](b.png)']) {
      expect(() => read(body), body).toThrow('no article may have');
    }
    expect(() => read('## C')).toThrow('one h2 too many');
    expect(() => readMarkdown('## A', around)).toThrow('it has no title');
    expect(() => readMarkdown('# A\n\n## B', around)).toThrow('fewer headings');
  });
});

const all = articleNames.flatMap((name) => languages.map((language) => [name, language] as const));

const linksIn = (content: readonly Inline[]): string[] =>
  content.flatMap((one) => {
    if (typeof one === 'string' || one.kind === 'code') return [];
    return [...(one.kind === 'link' ? [one.to] : []), ...linksIn(one.content)];
  });
const linksOf = (block: Block): string[] => {
  if (block.kind === 'picture') return [];
  return block.kind === 'list' ? block.items.flat().flatMap(linksOf) : linksIn(block.content);
};

describe('docs/help', () => {
  it('holds the articles that are named, and nothing else', () => {
    const folder = fileURLToPath(new URL('../../docs/help', import.meta.url));
    const files = readdirSync(folder).map((file) => placeOf(`${folder}/${file}`));
    expect(files).not.toContain(undefined);
    const named = files.map((place) => `${place?.name} ${place?.language}`);
    expect(named.sort()).toEqual(all.map((one) => one.join(' ')).sort());
    expect([...articleNames].sort()).toEqual([...helpArticles].sort());
    const every = articleNames.flatMap((name) => Object.values(slugs[name]));
    expect(new Set(every).size).toBeGreaterThanOrEqual(articleNames.length * 2);
  });

  it.each(all)('%s in %s can be read, and recommends more', (name, language) => {
    const { title, blocks } = readArticle(name, language);
    expect(title.length).toBeGreaterThan(5);
    const links = blocks.flatMap(linksOf);
    expect(links.length).toBeGreaterThan(1);
    expect(links.every((to) => to.startsWith('/ajuda/'))).toBe(true);
    expect(blocks.flatMap((block) => (block.kind === 'heading' ? [block.id] : []))).toEqual(
      sectionIds(name),
    );
  });

  it('has no two sections of one name in an article', () => {
    for (const name of articleNames) {
      expect(new Set(sectionIds(name)).size).toBe(sectionIds(name).length);
    }
  });
});
