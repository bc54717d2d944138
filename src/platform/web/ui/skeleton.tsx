import { type ReactNode, useEffect, useState } from 'react';
import { cx } from './class-names.ts';

/** A grey bar with the geometry of what will come. */
export const Skeleton = ({ className }: { className?: string }) => (
  <span aria-hidden="true" className={cx('block rounded-small bg-pressed', className)} />
);

/** Shows nothing for 150 ms, because what comes sooner than that needs no waiting picture. */
export function Delayed({ children }: { children: ReactNode }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return isShown ? children : null;
}
