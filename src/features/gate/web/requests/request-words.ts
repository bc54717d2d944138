import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/request-desk-pt-br.ts';

export declare const requestDeskWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/request-desk-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/request-desk-en.ts')).en;
    case 'es':
      return (await import('../locales/request-desk-es.ts')).es;
  }
};

/** Fetched with the dialogs and pages that need them: no part of the first load. */
export const useRequestDeskWords = () => useWords('request-desk', load);
