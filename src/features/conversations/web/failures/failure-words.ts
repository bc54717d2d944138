import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/failures-pt-br.ts';

export declare const failureWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/failures-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/failures-en.ts')).en;
    case 'es':
      return (await import('../locales/failures-es.ts')).es;
  }
};

/** Fetched when something has failed: no part of the first load. */
export const useFailureWords = () => useWords('failures', load);
