import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/**
 * What is wrong, beside what it is wrong with. In amber with a sign of its own: red is for what destroys.
 * @param isTold false where a reader hears of it another way
 */
export function Problem({
  id,
  isTold = true,
  className,
  children,
}: {
  id?: string | undefined;
  isTold?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <p
      id={id}
      role={isTold ? 'alert' : undefined}
      className={cx('flex items-start gap-1.5 text-preview text-problem', className)}
    >
      <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
