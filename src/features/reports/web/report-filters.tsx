import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChoiceChips } from '#platform/web/ui/choices.tsx';
import { SelectField, TextField } from '#platform/web/ui/field.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import {
  isRange,
  type Preset,
  type ProtectionSearch,
  presetOf,
  presets,
  type Range,
} from './protection-search.ts';

interface FiltersProps {
  search: ProtectionSearch;
  /** What the search means today. */
  range: Range;
  onSearch: (search: ProtectionSearch) => void;
  channels: readonly { id: string; name: string }[];
}

/** Period and channel: all of it in the address. */
export function ReportFilters({ search, range, onSearch, channels }: FiltersProps) {
  const { t } = useTranslation('reports');
  const { canal } = search;
  const kept = canal === undefined ? {} : { canal };
  const choose = (periodo: Preset) => onSearch(periodo === '30d' ? kept : { ...kept, periodo });
  return (
    <div className="mb-6 flex flex-wrap items-start gap-x-8 gap-y-4 print:hidden">
      <div className="w-full">
        <ChoiceChips<Preset>
          legend={t('period.label')}
          value={presetOf(search)}
          onChange={choose}
          options={presets.map((value) => ({ value, label: t(`period.${value}`) }))}
        />
      </div>
      <Dates
        key={`${range.from} ${range.to}`}
        range={range}
        onRange={({ from, to }) => onSearch({ ...kept, de: from, ate: to })}
      />
      {channels.length > 1 && (
        <div className="w-56">
          <SelectField
            label={t('channel.label')}
            value={canal ?? ''}
            onChange={({ target }) => {
              const { canal: _, ...rest } = search;
              onSearch(target.value === '' ? rest : { ...rest, canal: target.value });
            }}
          >
            <option value="">{t('channel.all')}</option>
            {channels.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
      )}
    </div>
  );
}

/** Typed days count once they make a period. */
function Dates({ range, onRange }: { range: Range; onRange: (range: Range) => void }) {
  const { t } = useTranslation('reports');
  const [{ from, to }, setTyped] = useState(range);
  const isRight = isRange(from, to);
  const isNew = isRight && (from !== range.from || to !== range.to);
  useEffect(() => {
    if (!isNew) return;
    // A hand that types a year passes through others.
    const timer = setTimeout(() => onRange({ from, to }), 400);
    return () => clearTimeout(timer);
  });
  return (
    <div>
      <div className="flex gap-3">
        <TextField
          type="date"
          label={t('period.from')}
          value={from}
          onChange={({ target }) => setTyped({ from: target.value, to })}
          className="w-40"
        />
        <TextField
          type="date"
          label={t('period.to')}
          value={to}
          onChange={({ target }) => setTyped({ from, to: target.value })}
          className="w-40"
        />
      </div>
      {!isRight && <Problem className="mt-1.5 max-w-80">{t('period.wrong')}</Problem>}
    </div>
  );
}
