import { useTranslation } from 'react-i18next';
import { TextField } from '#platform/web/ui/field.tsx';
import { faultOf, type TemplateField, type Typed } from './template-values.ts';

/** One field for each gap, with its example where nothing is typed yet. */
export function TemplateFields({
  fields,
  typed,
  isChecked,
  onType,
}: {
  fields: readonly TemplateField[];
  typed: Typed;
  /** Somebody wanted to send: what is missing is said. */
  isChecked: boolean;
  onType: (key: string, value: string) => void;
}) {
  const { t } = useTranslation('templates');
  const labelOf = ({ part, name }: TemplateField): string => {
    if (part === 'location') return t(`place.${name as 'latitude'}`);
    if (part === 'button') return t('field.button', { name });
    const isNumber = /^\d+$/.test(name);
    if (part === 'header') return isNumber ? t('field.header') : t('field.header-named', { name });
    return isNumber ? t('field.number', { name }) : name.replaceAll('_', ' ');
  };
  return fields.map((field) => {
    const value = typed[field.key] ?? '';
    const fault = faultOf(field, value);
    const isTold = fault !== null && (isChecked || fault !== 'missing');
    return (
      <TextField
        key={field.key}
        label={<span className="first-letter:uppercase">{labelOf(field)}</span>}
        autoComplete="off"
        value={value}
        {...(field.example !== null && { placeholder: t('example', { example: field.example }) })}
        {...(isTold && { error: t(`fault.${fault}`) })}
        onChange={(event) => onType(field.key, event.target.value)}
      />
    );
  });
}
