import type { ReactNode } from 'react';
import type { Language } from '#platform/web/i18n/languages.ts';
import { useWords } from '#platform/web/i18n/use-words.ts';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import type { ptBR } from '../locales/lists-pt-br.ts';

export declare const blockListsWords: typeof ptBR;

const load = async (language: Language): Promise<typeof ptBR> => {
  switch (language) {
    case 'pt-BR':
      return (await import('../locales/lists-pt-br.ts')).ptBR;
    case 'en':
      return (await import('../locales/lists-en.ts')).en;
    case 'es':
      return (await import('../locales/lists-es.ts')).es;
  }
};

/** Draws its content once the words for it are here: they are no part of the first load. */
export function WithListsWords({ children }: { children: ReactNode }) {
  const words = useWords('block-lists', load);
  return <WithWords words={words}>{children}</WithWords>;
}
