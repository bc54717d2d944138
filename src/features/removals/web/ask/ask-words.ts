import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/ask-pt-br.ts';

export declare const askRemovalWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/ask-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/ask-en.ts')).en;
    case 'es':
      return (await import('../locales/ask-es.ts')).es;
  }
};

/** Fetched with the dialog: no part of the first load. */
export const useAskRemovalWords = () => useWords('ask-removal', load);
