import type { Ref } from 'react';
import { TextField } from './field.tsx';

/** Null for what is no number of hours that can be set. */
export const hoursIn = (typed: string): number | null => {
  const hours = Number(typed.trim());
  return Number.isInteger(hours) && hours >= 1 && hours <= 720 ? hours : null;
};

/** How many hours something may wait, as it is typed; from one to thirty days. */
export function HoursField({
  ref,
  typed,
  onType,
  words,
}: {
  ref: Ref<HTMLInputElement>;
  typed: string;
  onType: (typed: string) => void;
  words: { label: string; hint: string; wrong: string };
}) {
  return (
    <TextField
      ref={ref}
      inputMode="numeric"
      label={words.label}
      hint={words.hint}
      value={typed}
      maxLength={4}
      onChange={(event) => onType(event.target.value)}
      className="max-w-40"
      {...(hoursIn(typed) === null && { error: words.wrong })}
    />
  );
}
