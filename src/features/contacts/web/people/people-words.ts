import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/people-pt-br.ts';

export declare const peopleWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/people-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/people-en.ts')).en;
    case 'es':
      return (await import('../locales/people-es.ts')).es;
  }
};

/** Fetched with the page and the dialogs that need them: no part of the first load. */
export const usePeopleWords = () => useWords('people', load);
