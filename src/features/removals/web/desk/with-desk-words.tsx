import type { ReactNode } from 'react';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import { useRemovalDeskWords } from './desk-words.ts';

/** Draws its content once the words for it are here. */
export function WithDeskWords({ children }: { children: ReactNode }) {
  const words = useRemovalDeskWords();
  return <WithWords words={words}>{children}</WithWords>;
}
