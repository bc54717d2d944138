import { useTranslation } from 'react-i18next';
import { TextArea } from '#platform/web/ui/field.tsx';

/** *Observação (opcional)*, with who reads it. */
export function NoteField({
  value,
  onChange,
  hint,
  label,
}: {
  value: string;
  onChange: (note: string) => void;
  hint: string;
  label?: string;
}) {
  const { t } = useTranslation('gate');
  return (
    <TextArea
      label={
        <>
          {label ?? t('note.label')}{' '}
          <span className="font-normal text-ink-soft">{t('note.optional')}</span>
        </>
      }
      hint={hint}
      rows={2}
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
