import type { ReactNode } from 'react';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import { useRequestDeskWords } from './request-words.ts';

/** Draws its content once the words for it are here. */
export function WithDeskWords({ children }: { children: ReactNode }) {
  const words = useRequestDeskWords();
  return <WithWords words={words}>{children}</WithWords>;
}
