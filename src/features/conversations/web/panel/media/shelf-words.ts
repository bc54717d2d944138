import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../../locales/shelves-pt-br.ts';

export declare const shelfWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../../locales/shelves-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../../locales/shelves-en.ts')).en;
    case 'es':
      return (await import('../../locales/shelves-es.ts')).es;
  }
};

/** Fetched with what needs them: no part of the first load. */
export const useShelfWords = () => useWords('shelves', load);
