import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names.ts';
import { Spinner } from './spinner.tsx';

/** `primary`: the one next sensible action of a view. `danger`: inside a destructive confirmation only. */
export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger';
export type ButtonSize = 'md' | 'sm';

const variants: Record<ButtonVariant, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  plain: 'border border-control-line text-ink hover:bg-hover active:bg-pressed',
  quiet: 'text-ink-soft hover:bg-hover hover:text-ink active:bg-pressed',
  danger: 'bg-red text-on-red hover:bg-red-hover',
};

const sizes: Record<ButtonSize, string> = { md: 'h-9 px-3.5', sm: 'h-8 px-2.5' };

/** The look of a button for a link: `<Link className={buttonClass('plain')}>`. */
export const buttonClass = (variant: ButtonVariant = 'plain', size: ButtonSize = 'md'): string =>
  cx(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-control text-body font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
    sizes[size],
    variants[variant],
  );

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Shows a spinner in the icon's place and refuses a second press; the width stays. */
  isBusy?: boolean;
}

export function Button({
  variant = 'plain',
  size = 'md',
  icon,
  isBusy = false,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || rest['aria-disabled']}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.(event);
      }}
      className={cx(buttonClass(variant, size), className)}
    >
      {isBusy ? <Spinner /> : icon}
      {children}
    </button>
  );
}
