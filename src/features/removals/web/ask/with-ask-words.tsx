import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import { useAskRemovalWords } from './ask-words.ts';

/** A dialog that asks, once its words are here; where they cannot be had, that is said in its place. */
export function WithAskWords({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation('platform');
  const { state, again } = useAskRemovalWords();
  if (state === 'ready') return children;
  if (state === 'loading') return null;
  const error = new ApiProblem(0, { code: 'network' });
  return (
    <Dialog open title={t('part-failed')} onOpenChange={(open) => !open && onClose()}>
      <ErrorState title={t('part-failed')} error={error} onRetry={again} />
    </Dialog>
  );
}
