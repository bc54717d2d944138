import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/compose-pt-br.ts';

export declare const composeWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/compose-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/compose-en.ts')).en as typeof ptBR;
    case 'es':
      return (await import('../locales/compose-es.ts')).es as typeof ptBR;
  }
};

/** Fetched with the dialogs that need them: no part of the first load. */
export const useComposeWords = () => useWords('compose', load);
