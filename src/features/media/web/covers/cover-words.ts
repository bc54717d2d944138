import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/cover-settings-pt-br.ts';

export declare const coverSettingsWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/cover-settings-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/cover-settings-en.ts')).en;
    case 'es':
      return (await import('../locales/cover-settings-es.ts')).es;
  }
};

/** Fetched with what needs them: no part of the first load. */
export const useCoverSettingsWords = () => useWords('cover-settings', load);
