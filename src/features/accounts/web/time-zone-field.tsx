import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '#platform/web/now.ts';
import { SelectField } from '#platform/web/ui/field.tsx';

/** As people there write them. */
const brazilian: Readonly<Record<string, string>> = {
  'America/Sao_Paulo': 'São Paulo',
  'America/Bahia': 'Bahia',
  'America/Belem': 'Belém',
  'America/Fortaleza': 'Fortaleza',
  'America/Recife': 'Recife',
  'America/Maceio': 'Maceió',
  'America/Araguaina': 'Araguaína',
  'America/Santarem': 'Santarém',
  'America/Manaus': 'Manaus',
  'America/Campo_Grande': 'Campo Grande',
  'America/Cuiaba': 'Cuiabá',
  'America/Porto_Velho': 'Porto Velho',
  'America/Boa_Vista': 'Boa Vista',
  'America/Rio_Branco': 'Rio Branco',
  'America/Eirunepe': 'Eirunepé',
  'America/Noronha': 'Fernando de Noronha',
};

const placeOf = (zone: string): string => zone.replaceAll('_', ' ').replaceAll('/', ' / ');

const timeIn = (language: string, zone: string, at: number): string =>
  new Intl.DateTimeFormat(language, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);

/** Brazil's zones first, then the world's; the hour it is there helps to be sure. */
export function TimeZoneField({
  value,
  onChange,
  hint,
}: {
  value: string;
  onChange: (zone: string) => void;
  hint?: string | undefined;
}) {
  const { t, i18n } = useTranslation('accounts');
  const now = useNow();
  const others = useMemo(() => {
    const zones = new Set(Intl.supportedValuesOf('timeZone')).add('UTC').add(value);
    for (const zone of Object.keys(brazilian)) zones.delete(zone);
    return [...zones].sort();
  }, [value]);
  const time = t('fields.time-zone-now', { time: timeIn(i18n.language, value, now) });
  return (
    <SelectField
      label={t('fields.time-zone')}
      hint={hint ? `${hint} ${time}` : time}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <optgroup label={t('fields.zones-brazil')}>
        {Object.entries(brazilian).map(([zone, place]) => (
          <option key={zone} value={zone}>
            {place}
          </option>
        ))}
      </optgroup>
      <optgroup label={t('fields.zones-others')}>
        {others.map((zone) => (
          <option key={zone} value={zone}>
            {placeOf(zone)}
          </option>
        ))}
      </optgroup>
    </SelectField>
  );
}
