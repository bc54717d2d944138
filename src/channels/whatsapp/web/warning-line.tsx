import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** Something about a number that somebody has to look after. */
export function WarningLine({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 rounded-control bg-amber-tint px-3 py-2 text-preview text-ink">
      <TriangleAlert aria-hidden="true" className="mt-px size-4 shrink-0 text-amber" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
