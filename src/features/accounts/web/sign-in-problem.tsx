import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, isProblem } from '#platform/web/http.ts';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { Problem } from '#platform/web/ui/problem.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';

/** Seconds left until another attempt makes sense; 0 when there is nothing to wait for. */
export function useWait(error: unknown): number {
  const asked = isProblem(error, 'too-many-attempts') ? error.retryAfterSeconds : undefined;
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (!(error instanceof ApiProblem) || !asked) return setLeft(0);
    const end = Date.now() + asked * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [error, asked]);
  return left;
}

/** Slips of the hand: nobody needs to be asked for help, so no request id is shown. */
const expected = ['invalid-credentials', 'wrong-password'];

/** What went wrong; with a limit, how long to wait. A reader hears the time once, not every second. */
export function SignInProblem({ error, wait }: { error: unknown; wait: number }) {
  const { t } = useTranslation('accounts');
  const asked = isProblem(error, 'too-many-attempts') ? error.retryAfterSeconds : undefined;
  const problemText = useProblemText();
  if (error instanceof ApiProblem && expected.includes(error.code)) {
    return <Problem>{problemText(error).text}</Problem>;
  }
  if (!asked) return <ProblemLine error={error} />;
  if (wait === 0) return null;
  const words = (seconds: number): string =>
    seconds > 90
      ? t('problem.too-many-attempts-minutes', { count: Math.ceil(seconds / 60) })
      : t('problem.too-many-attempts-wait', { count: seconds });
  return (
    <Problem isTold={false} className="tabular-nums">
      <span role="alert" className="sr-only">
        {words(asked)}
      </span>
      <span aria-hidden="true">{words(wait)}</span>
    </Problem>
  );
}
