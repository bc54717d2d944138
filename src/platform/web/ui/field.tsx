import { ChevronDown } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';
import { Problem } from './problem.tsx';

export const controlClass =
  'w-full rounded-control border border-control-line bg-raised px-3 text-body text-ink aria-invalid:border-problem disabled:opacity-60';

export interface FieldFrame {
  label: ReactNode;
  hint?: ReactNode;
  /** Words of what is wrong; the control is marked invalid. */
  error?: ReactNode;
  /** Keeps the label for readers only. */
  isLabelHidden?: boolean;
}

export function Frame({
  id,
  label,
  hint,
  error,
  isLabelHidden,
  children,
}: FieldFrame & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-body font-medium'}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-meta text-ink-faint">
          {hint}
        </p>
      )}
      {error && <Problem id={`${id}-error`}>{error}</Problem>}
    </div>
  );
}

const isShown = (node: ReactNode): boolean => node !== undefined && node !== null && node !== '';

export const described = (id: string, hint: ReactNode, error: ReactNode) => {
  const ids = [isShown(hint) ? `${id}-hint` : '', isShown(error) ? `${id}-error` : '']
    .join(' ')
    .trim();
  return { id, 'aria-invalid': isShown(error) || undefined, 'aria-describedby': ids || undefined };
};

export function TextField({
  label,
  hint,
  error,
  isLabelHidden,
  className,
  ...input
}: FieldFrame & Omit<ComponentProps<'input'>, 'id'>) {
  const id = useId();
  return (
    <Frame {...{ id, label, hint, error }} isLabelHidden={isLabelHidden ?? false}>
      <input
        {...input}
        {...described(id, hint, error)}
        className={cx(controlClass, 'h-10', className)}
      />
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  isLabelHidden,
  className,
  ...input
}: FieldFrame & Omit<ComponentProps<'textarea'>, 'id'>) {
  const id = useId();
  return (
    <Frame {...{ id, label, hint, error }} isLabelHidden={isLabelHidden ?? false}>
      <textarea
        rows={3}
        {...input}
        {...described(id, hint, error)}
        className={cx(controlClass, 'resize-y py-2', className)}
      />
    </Frame>
  );
}

/** The system's own list: it works with every hand and on every phone. Children are `<option>`. */
export function SelectField({
  label,
  hint,
  error,
  isLabelHidden,
  className,
  ...input
}: FieldFrame & Omit<ComponentProps<'select'>, 'id'>) {
  const id = useId();
  return (
    <Frame {...{ id, label, hint, error }} isLabelHidden={isLabelHidden ?? false}>
      <span className="relative block">
        <select
          {...input}
          {...described(id, hint, error)}
          className={cx(controlClass, 'h-10 appearance-none truncate pr-9', className)}
        />
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-3 right-3 size-4 text-ink-soft"
        />
      </span>
    </Frame>
  );
}
