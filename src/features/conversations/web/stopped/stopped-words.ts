import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/stopped-pt-br.ts';

export declare const stoppedWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/stopped-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/stopped-en.ts')).en;
    case 'es':
      return (await import('../locales/stopped-es.ts')).es;
  }
};

/** Fetched with what needs them: no part of the first load. */
export const useStoppedWords = () => useWords('stopped', load);
