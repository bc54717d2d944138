import { useTranslation } from 'react-i18next';
import { useColleagues } from '#features/accounts/web/index.ts';
import { SelectField, TextField } from '#platform/web/ui/field.tsx';
import type { AuditArea } from '../contract.ts';
import type { Filters } from './api.ts';

const areas = [
  'accounts',
  'gate',
  'conversations',
  'removals',
  'reports',
  'media',
  'contacts',
  'channels',
  'webhooks',
  'installation',
] as const satisfies readonly AuditArea[];

interface AuditFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** By what, by whom, and when. */
export function AuditFilters({ filters, onChange }: AuditFiltersProps) {
  const { t } = useTranslation('audit');
  const colleagues = useColleagues();
  return (
    <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
      <SelectField
        label={t('area')}
        value={filters.area}
        onChange={({ target }) => onChange({ area: target.value as Filters['area'] })}
      >
        <option value="all">{t('areas.all')}</option>
        {areas.map((area) => (
          <option key={area} value={area}>
            {t(`areas.${area}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('person')}
        value={filters.actorId}
        onChange={({ target }) => onChange({ actorId: target.value })}
      >
        <option value="">{t('anybody')}</option>
        {colleagues.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        type="date"
        label={t('from')}
        value={filters.from}
        max={filters.to || undefined}
        onChange={({ target }) => onChange({ from: target.value })}
      />
      <TextField
        type="date"
        label={t('to')}
        value={filters.to}
        min={filters.from || undefined}
        onChange={({ target }) => onChange({ to: target.value })}
      />
    </div>
  );
}
