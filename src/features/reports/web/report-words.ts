import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from './locales/pt-br.ts';

export declare const reportWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('./locales/pt-br.ts')).ptBR;
    case 'en':
      return (await import('./locales/en.ts')).en;
    case 'es':
      return (await import('./locales/es.ts')).es;
  }
};

/** Fetched with the page: no part of the first load. */
export const useReportWords = () => useWords('reports', load);
