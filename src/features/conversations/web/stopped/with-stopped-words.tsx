import type { ReactNode } from 'react';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import { useStoppedWords } from './stopped-words.ts';

/** Draws its content once the words for it are here. */
export function WithStoppedWords({ children }: { children: ReactNode }) {
  const words = useStoppedWords();
  return <WithWords words={words}>{children}</WithWords>;
}
