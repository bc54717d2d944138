import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';
import { Problem } from './problem.tsx';

interface ChoicesProps<T extends string> {
  legend: ReactNode;
  value: T | null;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; disabled?: boolean }[];
  error?: ReactNode;
}

const chip =
  'inline-flex min-h-8 items-center rounded-full border border-control-line px-3 py-1 text-body text-ink hover:bg-hover has-checked:border-accent has-checked:bg-accent-tint has-checked:shadow-[inset_0_0_0_1px_var(--accent)]';
const segment =
  'inline-flex min-h-8 flex-auto items-center max-md:basis-[30%] justify-center rounded-[6px] px-2 py-1 text-center text-body whitespace-nowrap text-ink-soft hover:text-ink has-checked:bg-raised has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--control-line)]';
const focus =
  'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent has-disabled:opacity-50';

function Choices<T extends string>({
  legend,
  value,
  onChange,
  options,
  error,
  itemClass,
  groupClass,
}: ChoicesProps<T> & { itemClass: string; groupClass: string }) {
  const name = useId();
  return (
    <fieldset className="min-w-0" aria-describedby={error ? `${name}-error` : undefined}>
      <legend className="mb-2 text-body font-medium">{legend}</legend>
      <div className={groupClass}>
        {options.map((option) => (
          <label key={option.value} className={cx(itemClass, focus, 'relative')}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled ?? false}
              onChange={() => onChange(option.value)}
              // Unseen at the edge of the chip, so that the words themselves take the press.
              className="absolute inset-y-0 left-0 w-3 appearance-none outline-none"
            />
            {option.label}
          </label>
        ))}
      </div>
      {error && (
        <Problem id={`${name}-error`} className="mt-1.5">
          {error}
        </Problem>
      )}
    </fieldset>
  );
}

/** Radio buttons drawn as chips that wrap. */
export function ChoiceChips<T extends string>(props: ChoicesProps<T>) {
  return <Choices {...props} itemClass={chip} groupClass="flex flex-wrap gap-2" />;
}

/** Radio buttons drawn as one divided bar; for two to five short words. */
export function Segmented<T extends string>(props: ChoicesProps<T>) {
  return (
    <Choices
      {...props}
      itemClass={segment}
      groupClass="flex flex-wrap gap-0.5 rounded-control bg-sunken p-0.5"
    />
  );
}
