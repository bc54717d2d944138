import type { ReactNode } from 'react';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import { useExplainWords } from './explain-words.ts';

/** Draws its content once the words for it are here. */
export function WithExplainWords({ children }: { children: ReactNode }) {
  const words = useExplainWords();
  return <WithWords words={words}>{children}</WithWords>;
}
