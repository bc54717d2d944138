import { type ErrorComponentProps, Link } from '@tanstack/react-router';
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

/** A screen that failed as a whole. Drafts are kept elsewhere, so reloading loses nothing. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell');
  if (error instanceof ApiProblem) {
    return (
      <main className="grid min-h-dvh place-items-center">
        <ErrorState title={t('crash.title')} error={error} onRetry={reset} />
      </main>
    );
  }
  return (
    <main role="alert" className="grid min-h-dvh place-items-center">
      <EmptyState
        title={t('crash.title')}
        hint={isOldPage(error) ? t('crash.new-version') : t('crash.hint')}
        action={<Button onClick={() => location.reload()}>{t('crash.action')}</Button>}
      />
    </main>
  );
}
