import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage, type Language } from '#platform/web/i18n/languages.ts';
import type { HelpArticle } from '../contract.ts';
import type { Article } from './article.ts';
import { articleNames, slugs } from './slugs.ts';

export type Articles = Readonly<Record<HelpArticle, Article>>;

/** All of a language come in one file: a search reads every one of them. */
const fetchFiles = async (language: Language): Promise<Record<string, Article>> => {
  switch (language) {
    case 'pt-BR':
      return (await import('./articles/pt-br.ts')).ptBR;
    case 'en':
      return (await import('./articles/en.ts')).en;
    case 'es':
      return (await import('./articles/es.ts')).es;
  }
};

const load = async (language: Language): Promise<Articles> => {
  const files = Object.entries(await fetchFiles(language));
  const found = articleNames.map((name) => {
    const end = `/${slugs[name][language]}.${language}.md`;
    const article = files.find(([path]) => path.endsWith(end))?.[1];
    if (article === undefined) throw new Error(`no article ${end}`);
    return [name, article] as const;
  });
  return Object.fromEntries(found) as Record<HelpArticle, Article>;
};

type State =
  | { readonly state: 'loading' | 'failed' }
  | { readonly state: 'ready'; readonly articles: Articles };

const known = new Map<Language, Articles>();

/** The articles in the language of the screen. */
export function useArticles(): { found: State; again: () => void } {
  const { language } = useTranslation().i18n;
  const [failed, setFailed] = useState<string | null>(null);
  const [, setLoaded] = useState<string | null>(null);
  const articles = isLanguage(language) ? known.get(language) : undefined;
  useEffect(() => {
    if (articles || failed === language || !isLanguage(language)) return;
    load(language).then(
      (loaded) => {
        known.set(language, loaded);
        setLoaded(language);
      },
      () => setFailed(language),
    );
  }, [articles, failed, language]);
  const again = () => setFailed(null);
  if (articles) return { found: { state: 'ready', articles }, again };
  return { found: { state: failed === language ? 'failed' : 'loading' }, again };
}
