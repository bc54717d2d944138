import type { ReactNode } from 'react';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import { useCoverSettingsWords } from './cover-words.ts';

/** Draws its content once the words for it are here. */
export function WithCoverWords({ children }: { children: ReactNode }) {
  const words = useCoverSettingsWords();
  return <WithWords words={words}>{children}</WithWords>;
}
