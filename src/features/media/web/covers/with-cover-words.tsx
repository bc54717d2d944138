import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { ErrorState } from '#platform/web/ui/states.tsx';
import { useCoverSettingsWords } from './cover-words.ts';

/** Draws its content once the words for it are here. */
export function WithCoverWords({ children }: { children: ReactNode }) {
  const { t } = useTranslation('platform');
  const { state, again } = useCoverSettingsWords();
  if (state === 'ready') return children;
  if (state === 'loading') return null;
  const error = new ApiProblem(0, { code: 'network' });
  return <ErrorState title={t('part-failed')} error={error} onRetry={again} />;
}
