import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '#platform/web/ui/class-names.ts';
import { Spinner } from '#platform/web/ui/spinner.tsx';

export type StepState = 'done' | 'waiting' | 'trouble';

const icons: Record<StepState, ReactNode> = {
  done: <CircleCheck aria-hidden="true" className="text-accent-ink" />,
  waiting: <Spinner className="text-ink-faint motion-reduce:animate-none" />,
  trouble: <CircleAlert aria-hidden="true" className="text-amber" />,
};

/** One thing that is being waited for, or has come. */
export function StepLine({ state, children }: { state: StepState; children: ReactNode }) {
  return (
    <li className="flex items-start gap-2.5">
      <span className="mt-px flex size-[18px] shrink-0 items-center justify-center">
        {icons[state]}
      </span>
      <span className={cx('min-w-0', state === 'waiting' && 'text-ink-soft')}>{children}</span>
    </li>
  );
}
