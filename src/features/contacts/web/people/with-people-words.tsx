import type { ReactNode } from 'react';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import { usePeopleWords } from './people-words.ts';

/** Draws its content once the words for it are here. */
export function WithPeopleWords({ children }: { children: ReactNode }) {
  const words = usePeopleWords();
  return <WithWords words={words}>{children}</WithWords>;
}
