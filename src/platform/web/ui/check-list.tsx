import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';
import { Problem } from './problem.tsx';

export interface CheckOption<T extends string> {
  value: T;
  label: ReactNode;
  hint?: ReactNode;
}

/** Any number of several things, each a row with its words. */
export function CheckList<T extends string>({
  legend,
  values,
  onChange,
  options,
  error,
  columns = 1,
}: {
  legend: ReactNode;
  values: readonly T[];
  onChange: (values: T[]) => void;
  options: readonly CheckOption<T>[];
  error?: ReactNode;
  columns?: 1 | 2;
}) {
  const id = useId();
  const toggle = (value: T, isChosen: boolean) =>
    onChange(
      options
        .map((option) => option.value)
        .filter((one) => (one === value ? isChosen : values.includes(one))),
    );
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-body font-medium">{legend}</legend>
      <div className={cx('grid gap-x-4', columns === 2 && 'grid-cols-2 max-md:grid-cols-1')}>
        {options.map(({ value, label, hint }) => (
          <label
            key={value}
            className="-mx-1.5 flex items-start gap-2.5 rounded-control px-1.5 py-1.5 hover:bg-hover"
          >
            <input
              type="checkbox"
              checked={values.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="block text-body">{label}</span>
              {hint && <span className="block text-meta break-words text-ink-faint">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <Problem id={`${id}-error`} className="mt-1.5">
          {error}
        </Problem>
      )}
    </fieldset>
  );
}
