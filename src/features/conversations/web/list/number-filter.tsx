import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cx } from '#platform/web/ui/class-names.ts';
import type { OurNumber } from '../data/numbers.ts';

/** Of which of our numbers the list is; not there where there is one. The system's own list, as in forms. */
export function NumberFilter({
  numbers,
  value,
  onChange,
}: {
  numbers: readonly OurNumber[];
  /** Null: all. */
  value: string | null;
  onChange: (channelId: string | null) => void;
}) {
  const { t } = useTranslation('conversations');
  if (numbers.length === 0) return null;
  return (
    <span className="relative min-w-0">
      <select
        aria-label={t('list.number')}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
        className={cx(
          'h-7 w-full max-w-44 appearance-none truncate rounded-full border py-0 pr-7 pl-2.5 text-preview',
          value === null
            ? 'border-hairline bg-list text-ink-soft hover:bg-hover'
            : 'border-transparent bg-accent-tint font-medium text-accent-ink',
        )}
      >
        <option value="">{t('list.all-numbers')}</option>
        {numbers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1.5 right-2 size-4 text-ink-soft"
      />
    </span>
  );
}
