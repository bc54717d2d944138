import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import { WithWords } from '#platform/web/ui/with-words.tsx';
import { useHelpWords } from './help-words.ts';
import { type Articles, useArticles } from './use-articles.ts';

/** A page of the help, once its words are here. */
export function HelpFrame({ children }: { children: ReactNode }) {
  return (
    <div data-help="" className="h-full overflow-y-auto bg-paper">
      <WithWords words={useHelpWords()}>{children}</WithWords>
    </div>
  );
}

/** Back to the list, above what was opened from it. */
export function BackToHelp() {
  const { t } = useTranslation('help');
  return (
    <Link
      to="/ajuda"
      className="mb-4 -ml-1 inline-flex min-h-6 items-center gap-1 rounded-small text-preview text-ink-soft hover:text-ink"
    >
      <ChevronLeft aria-hidden="true" className="size-4" />
      {t('back')}
    </Link>
  );
}

const Waiting = () => (
  <Delayed>
    <div className="flex flex-col gap-4 py-3">
      {['a', 'b', 'c', 'd'].map((row) => (
        <Skeleton key={row} className="h-14 w-full" />
      ))}
    </div>
  </Delayed>
);

/** What is drawn of the articles, once they are here. */
export function WithArticles({ children }: { children: (articles: Articles) => ReactNode }) {
  const { t } = useTranslation('platform');
  const { found, again } = useArticles();
  if (found.state === 'ready') return children(found.articles);
  if (found.state === 'loading') return <Waiting />;
  const error = new ApiProblem(0, { code: 'network' });
  return <ErrorState title={t('part-failed')} error={error} onRetry={again} />;
}
