import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/bulk-block-pt-br.ts';

export declare const bulkBlockWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/bulk-block-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/bulk-block-en.ts')).en;
    case 'es':
      return (await import('../locales/bulk-block-es.ts')).es;
  }
};

/** Fetched with the button: no part of the first load. */
export const useBulkBlockWords = () => useWords('bulk-block', load);
