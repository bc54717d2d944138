import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HelpArticle } from '../../src/features/help/contract.ts';
import type { Article } from '../../src/features/help/web/article.ts';
import { articleAt, articleNames, slugs } from '../../src/features/help/web/slugs.ts';
import { isLanguage, type Language } from '../../src/platform/web/i18n/languages.ts';
import { headingsOf, idOf, readMarkdown } from './read-markdown.ts';

const folder = fileURLToPath(new URL('../../docs/help', import.meta.url));

const fileOf = (name: HelpArticle, language: Language): string =>
  join(folder, `${slugs[name][language]}.${language}.md`);

/** What a file of docs/help is: an article in a language; undefined for any other file. */
export const placeOf = (path: string): { name: HelpArticle; language: Language } | undefined => {
  const [, slug = '', language] = /^([a-z-]+)\.([A-Za-z-]+)\.md$/.exec(basename(path)) ?? [];
  const name = articleAt(slug);
  const isOne = name !== undefined && isLanguage(language) && slugs[name][language] === slug;
  return isOne ? { name, language } : undefined;
};

/** What can be linked to within an article: its headings, as they read in Portuguese, in every language. */
export const sectionIds = (name: HelpArticle): string[] =>
  headingsOf(readFileSync(fileOf(name, 'pt-BR'), 'utf8')).map(idOf);

/** Of a link between the files of docs/help, or to the web. Nothing else is known to whoever reads it on a screen. */
const addressIn = (language: Language) => (href: string) => {
  if (/^https:\/\//.test(href)) return href;
  const [file = '', anchor] = href.split('#');
  const place = placeOf(file);
  if (place?.language !== language) return undefined;
  const ids = sectionIds(place.name);
  if (anchor !== undefined && !ids.includes(anchor)) return undefined;
  return `/ajuda/${slugs[place.name]['pt-BR']}${anchor === undefined ? '' : `#${anchor}`}`;
};

/** Width and height stand at the same place in every PNG. */
const sizeOf = (path: string) => {
  const head = readFileSync(path).subarray(16, 24);
  return { width: head.readUInt32BE(0), height: head.readUInt32BE(4) };
};

/** @throws Error which names the file and what is wrong with it */
export const readArticle = (name: HelpArticle, language: Language): Article => {
  const file = fileOf(name, language);
  try {
    return readMarkdown(readFileSync(file, 'utf8'), {
      addressOf: addressIn(language),
      pictureAt: (source) => ({ source, ...sizeOf(join(folder, source)) }),
      ids: sectionIds(name),
    });
  } catch (error) {
    throw new Error(`${basename(file)}: ${error instanceof Error ? error.message : error}`);
  }
};

/** Of whatever an article in this language depends on. */
export const filesBehind = (): string[] => articleNames.map((name) => fileOf(name, 'pt-BR'));
