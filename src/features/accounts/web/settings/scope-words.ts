import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/scopes-pt-br.ts';

export declare const scopeWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/scopes-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/scopes-en.ts')).en;
    case 'es':
      return (await import('../locales/scopes-es.ts')).es;
  }
};

/** Fetched with the page that needs them: no part of the first load. */
export const useScopeWords = () => useWords('scopes', load);
