import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../http.ts';
import type { useWords } from '../i18n/use-words.ts';
import { ErrorState } from './states.tsx';

/** Draws its content once the words for it are here. */
export function WithWords({
  words: { state, again },
  children,
}: {
  words: ReturnType<typeof useWords>;
  children: ReactNode;
}) {
  const { t } = useTranslation('platform');
  if (state === 'ready') return children;
  if (state === 'loading') return null;
  const error = new ApiProblem(0, { code: 'network' });
  return <ErrorState title={t('part-failed')} error={error} onRetry={again} />;
}
