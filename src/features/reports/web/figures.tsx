import type { ReactNode } from 'react';
import { cx } from '#platform/web/ui/class-names.ts';

/** Figures side by side, as many as there is room for. */
export function Figures({ columns, children }: { columns: 3 | 4; children: ReactNode }) {
  return (
    <dl
      className={cx(
        'grid gap-3',
        columns === 3
          ? 'grid-cols-3 max-md:grid-cols-1 print:grid-cols-3'
          : 'grid-cols-4 max-lg:grid-cols-2 print:grid-cols-4',
      )}
    >
      {children}
    </dl>
  );
}

/** One number, what it is, and what else to know of it. */
export function Figure({
  label,
  value,
  unit,
  isWord = false,
  children,
}: {
  label: string;
  value: string;
  unit?: string;
  /** Words in the place of a number. */
  isWord?: boolean;
  children?: ReactNode;
}) {
  return (
    <div className="flex break-inside-avoid flex-col rounded-card border border-hairline bg-raised p-4">
      <dt className="text-preview text-ink-soft">{label}</dt>
      <dd className="mt-2">
        {unit && <span className="block text-meta text-ink-soft">{unit}</span>}
        <span
          className={cx(
            'block tabular-nums',
            isWord ? 'text-body text-ink-soft' : 'text-page font-semibold',
          )}
        >
          {value}
        </span>
      </dd>
      {children && (
        <dd className="mt-2 flex flex-col gap-0.5 text-meta text-ink-soft">{children}</dd>
      )}
    </div>
  );
}
