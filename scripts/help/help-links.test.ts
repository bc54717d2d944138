import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { articleAt, slugs } from '../../src/features/help/web/slugs.ts';
import { sectionIds } from './read-article.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));

const links = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /web\/.*\.tsx$/.test(name))
  .flatMap((name) =>
    [...readFileSync(join(source, name), 'utf8').matchAll(/<HelpLink\s+to=(\S+)/g)].map(
      ([, to = '']) => [name, to] as const,
    ),
  );

describe('every link of a screen to the help', () => {
  it('is found by this test', () => {
    expect(links.length).toBeGreaterThanOrEqual(10);
  });

  it.each(links)('%s: %s leads to an article, and to a part that it has', (_name, to) => {
    const [slug = '', section] = to.replaceAll('"', '').split('#');
    const article = articleAt(slug);
    expect(article).toBeDefined();
    if (article === undefined) return;
    expect(slugs[article]['pt-BR']).toBe(slug);
    if (section !== undefined) expect(sectionIds(article)).toContain(section);
  });
});
