import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';

export function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        title={t('not-found.title')}
        action={
          <Link to="/conversas" className={buttonClass('plain')}>
            {t('not-found.action')}
          </Link>
        }
      />
    </main>
  );
}

/** A part of the program that is no longer on the server: a new version was put there. */
const isOldPage = (error: unknown): boolean =>
  error instanceof TypeError && /import|module|fetch/i.test(error.message);

/**
 * Resetting the boundary alone would draw the same failure: what was asked before drawing is asked again. A page whose
 * program could not be fetched is remembered as failed, so it is loaded anew, once there is something to load it from.
 */
function useAgain(isPartMissing: boolean): () => void {
  const router = useRouter();
  const again = useCallback(() => {
    if (!isPartMissing) void router.invalidate();
    else if (navigator.onLine) location.reload();
  }, [router, isPartMissing]);
  useEffect(() => {
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [again]);
  return again;
}

/** A screen that failed as a whole. Drafts are kept elsewhere, so reloading loses nothing. */
export function Crash({ error }: ErrorComponentProps) {
  const { t } = useTranslation('shell');
  const isPartMissing = isOldPage(error);
  const again = useAgain(isPartMissing);
  const isAway = isPartMissing && !navigator.onLine;
  if (error instanceof ApiProblem || isAway) {
    const problem = isAway ? new ApiProblem(0, { code: 'network' }) : error;
    return (
      <main className="grid min-h-dvh place-items-center">
        <ErrorState title={t('crash.title')} error={problem} onRetry={again} />
      </main>
    );
  }
  return (
    <main role="alert" className="grid min-h-dvh place-items-center">
      <EmptyState
        title={t('crash.title')}
        hint={isPartMissing ? t('crash.new-version') : t('crash.hint')}
        action={<Button onClick={() => location.reload()}>{t('crash.action')}</Button>}
      />
    </main>
  );
}
