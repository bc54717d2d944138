import { useTranslation } from 'react-i18next';
import { ChoiceChips } from '#platform/web/ui/choices.tsx';
import type { BlockReason } from '../contract.ts';

const inOrder = {
  offense: true,
  'sexual-harassment': true,
  'improper-content': true,
  discrimination: true,
  fraud: true,
  spam: true,
  other: true,
} as const satisfies Record<BlockReason, true>;

/** In the order they are offered. The compiler compares them with the contract's. */
const reasons = Object.keys(inOrder) as readonly BlockReason[];

/** *Motivo do bloqueio (obrigatório)*; nothing is chosen for the person. */
export function ReasonChoice({
  value,
  onChange,
  isChecked,
}: {
  value: BlockReason | null;
  onChange: (reason: BlockReason) => void;
  /** After a first attempt to send the form: what is missing is said. */
  isChecked: boolean;
}) {
  const { t } = useTranslation('gate');
  return (
    <ChoiceChips
      legend={
        <>
          {t('reason.label')}{' '}
          <span className="font-normal text-ink-soft">{t('reason.required')}</span>
        </>
      }
      value={value}
      onChange={onChange}
      options={reasons.map((reason) => ({ value: reason, label: t(`reasons.${reason}`) }))}
      error={isChecked && !value ? t('reason.missing') : undefined}
    />
  );
}
