import { useTranslation } from 'react-i18next';
import { SelectField, TextField } from '#platform/web/ui/field.tsx';
import type { AuditArea } from '../contract.ts';
import { type Filters, useAuditActors } from './api.ts';
import { useActorName } from './audit-row.tsx';

/** In the order of the menu; the compiler compares. */
const areas = {
  accounts: true,
  gate: true,
  conversations: true,
  removals: true,
  reports: true,
  media: true,
  contacts: true,
  channels: true,
  webhooks: true,
  help: true,
  installation: true,
} as const satisfies Record<AuditArea, true>;
const areaNames = Object.keys(areas) as (keyof typeof areas)[];

interface AuditFiltersProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
}

/** By what, by whom, and when. */
export function AuditFilters({ filters, onChange }: AuditFiltersProps) {
  const { t } = useTranslation('audit');
  const actors = useAuditActors().data ?? [];
  const actorName = useActorName();
  return (
    <div className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
      <SelectField
        label={t('area')}
        value={filters.area}
        onChange={({ target }) => onChange({ area: target.value as Filters['area'] })}
      >
        <option value="all">{t('areas.all')}</option>
        {areaNames.map((area) => (
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
        {actors.map((actor) => (
          <option key={actor.id ?? 'system'} value={actor.id ?? 'system'}>
            {actorName(actor)}
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
