import { useTranslation } from 'react-i18next';
import { ChoiceChips } from '#platform/web/ui/choices.tsx';
import type { RemovalReason } from '../../contract.ts';
import { removalReasons } from '../removal-reasons.ts';

/** *Motivo (obrigatório)*; nothing is chosen for the person. */
export function ReasonChoice({
  value,
  onChange,
  isChecked,
}: {
  value: RemovalReason | null;
  onChange: (reason: RemovalReason) => void;
  /** After a first attempt to send the form: what is missing is said. */
  isChecked: boolean;
}) {
  const { t } = useTranslation('ask-removal');
  return (
    <ChoiceChips
      legend={
        <>
          {t('reason')} <span className="font-normal text-ink-soft">{t('required')}</span>
        </>
      }
      value={value}
      onChange={onChange}
      options={removalReasons.map((reason) => ({ value: reason, label: t(`reasons.${reason}`) }))}
      error={isChecked && !value ? t('reason-missing') : undefined}
    />
  );
}
