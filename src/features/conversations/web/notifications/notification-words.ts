import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import type { ptBR } from '../locales/notifications-pt-br.ts';

export declare const notificationWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/notifications-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/notifications-en.ts')).en;
    case 'es':
      return (await import('../locales/notifications-es.ts')).es;
  }
};

/** Fetched with what needs them: no part of the first load. */
export const useNotificationWords = () => useWords('notifications', load);
