import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

const sizes = { sm: 'size-7 text-meta', md: 'size-10 text-body', lg: 'size-16 text-section' };

const letters = (name: string): string => {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const first = words[0]?.[0] ?? '';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
};

/** Initials on a neutral disc; a number without a name gets the outline of a person. `badge` sits on its edge. */
export function Avatar({
  name,
  size = 'md',
  isDimmed = false,
  badge,
}: {
  name: string;
  size?: keyof typeof sizes;
  isDimmed?: boolean;
  badge?: ReactNode;
}) {
  const initials = letters(name);
  return (
    <span aria-hidden="true" className="relative inline-flex shrink-0 select-none">
      <span
        className={cx(
          'inline-flex items-center justify-center overflow-hidden rounded-full font-medium',
          // Paler, but its letters still stand out 4.5:1.
          isDimmed ? 'bg-sunken text-ink-faint' : 'bg-pressed text-ink-soft',
          sizes[size],
        )}
      >
        {initials || <Silhouette />}
      </span>
      {badge && (
        <span className="absolute -right-1 -bottom-1 inline-flex size-5 items-center justify-center rounded-full bg-raised text-ink-soft shadow-[0_0_0_1px_var(--hairline)] [&_svg]:size-3.5">
          {badge}
        </span>
      )}
    </span>
  );
}

const Silhouette = () => (
  <svg
    aria-hidden="true"
    viewBox="0 0 40 40"
    className="size-full"
    fill="currentColor"
    opacity="0.55"
  >
    <circle cx="20" cy="16" r="6.5" />
    <path d="M7 38c0-8 5.8-12.5 13-12.5S33 30 33 38z" />
  </svg>
);
