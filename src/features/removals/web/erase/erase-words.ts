import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/erase-pt-br.ts';

export declare const eraseWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/erase-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/erase-en.ts')).en;
    case 'es':
      return (await import('../locales/erase-es.ts')).es;
  }
};

/** Fetched with the contact page, for administrators: no part of the first load. */
export const useEraseWords = () => useWords('erase', load);
