import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../i18n/problem-text.ts';
import { Button } from './button.tsx';
import { Problem } from './problem.tsx';

/** One sentence and at most one action. */
export function EmptyState({
  icon,
  title,
  hint,
  action,
}: {
  icon?: ReactNode;
  title: ReactNode;
  hint?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center justify-center gap-3 px-6 py-12 text-center">
      {icon && (
        <span className="text-ink-faint [&_svg]:size-7" aria-hidden="true">
          {icon}
        </span>
      )}
      <div>
        <p className="text-body font-medium text-ink">{title}</p>
        {hint && <p className="mt-1 max-w-80 text-preview text-ink-soft">{hint}</p>}
      </div>
      {action}
    </div>
  );
}

/** What failed, a way to try again, and the request's id in small for whoever is asked for help. */
export function ErrorState({
  title,
  error,
  onRetry,
}: {
  title: ReactNode;
  error: unknown;
  onRetry?: () => void;
}) {
  const { t } = useTranslation('platform');
  const problem = useProblemText()(error);
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <div>
        <p className="text-body font-medium">{title}</p>
        <p className="mt-1 max-w-96 text-preview text-ink-soft">{problem.text}</p>
      </div>
      {onRetry && (
        <Button icon={<RotateCw className="size-4" />} onClick={onRetry}>
          {t('try-again')}
        </Button>
      )}
      {problem.requestId && (
        <p className="font-mono text-meta text-ink-faint">
          {t('request-id', { id: problem.requestId })}
        </p>
      )}
    </div>
  );
}

/** The next page of a list could not be read: it is asked for again only when somebody wants it. */
export function MoreFailed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation('platform');
  return (
    <p
      role="alert"
      className="flex flex-wrap items-center justify-center gap-x-3 px-4 py-2 text-preview text-ink-soft"
    >
      {t('more-failed')}
      <Button size="sm" variant="quiet" onClick={onRetry}>
        {t('try-again')}
      </Button>
    </p>
  );
}

/** The same words inside a form or a dialog, above its buttons. */
export function ProblemLine({ error }: { error: unknown }) {
  const { t } = useTranslation('platform');
  const problemText = useProblemText();
  if (!error) return null;
  const problem = problemText(error);
  return (
    <Problem>
      {problem.text}
      {problem.requestId && (
        <span className="block font-mono text-meta text-ink-faint">
          {t('request-id', { id: problem.requestId })}
        </span>
      )}
    </Problem>
  );
}
