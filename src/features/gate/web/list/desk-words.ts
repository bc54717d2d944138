import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/blocks-desk-pt-br.ts';

export declare const blocksDeskWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/blocks-desk-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/blocks-desk-en.ts')).en;
    case 'es':
      return (await import('../locales/blocks-desk-es.ts')).es;
  }
};

/** Fetched with the page of blocks: no part of the first load. */
export const useBlocksDeskWords = () => useWords('blocks-desk', load);
