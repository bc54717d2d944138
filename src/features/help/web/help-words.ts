import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from './locales/pt-br.ts';

export declare const helpWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('./locales/pt-br.ts')).ptBR;
    case 'en':
      return (await import('./locales/en.ts')).en as typeof ptBR;
    case 'es':
      return (await import('./locales/es.ts')).es as typeof ptBR;
  }
};

/** Fetched with the page: no part of the first load. */
export const useHelpWords = () => useWords('help', load);
