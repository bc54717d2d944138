import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names.ts';
import { type Side, Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  /** Said by readers, shown as a tooltip. */
  label: string;
  icon: ReactNode;
  size?: 'md' | 'sm';
  tooltipSide?: Side;
  /** A key that does the same, shown in the tooltip. */
  shortcut?: string;
}

const sizes = { md: 'size-9', sm: 'size-7' };

export const iconButtonClass = (size: 'md' | 'sm' = 'md'): string =>
  cx(
    'inline-flex shrink-0 items-center justify-center rounded-control text-ink-soft transition-colors duration-100',
    'hover:bg-hover hover:text-ink active:bg-pressed aria-pressed:bg-pressed aria-pressed:text-ink data-popup-open:bg-pressed data-popup-open:text-ink',
    'disabled:pointer-events-none disabled:opacity-40',
    sizes[size],
  );

export function IconButton({
  label,
  icon,
  size = 'md',
  tooltipSide = 'bottom',
  shortcut,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} side={tooltipSide} keys={shortcut}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cx(iconButtonClass(size), className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
