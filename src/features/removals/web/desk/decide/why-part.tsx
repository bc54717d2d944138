import { useTranslation } from 'react-i18next';
import { ChoiceChips } from '#platform/web/ui/choices.tsx';
import type { RemovalReason, RemovalRequest } from '../../../contract.ts';
import { removalReasons } from '../../removal-reasons.ts';
import type { Item } from '../links.ts';
import { type Decision, type KeepReason, removeReasonOf } from './use-decision.ts';

const keeping: readonly KeepReason[] = ['no-breach', 'needed', 'by-mistake', 'other'];

/** Why what is chosen goes, which is as it was asked for until somebody says otherwise, and why the rest stays. */
export function WhyPart({
  request,
  decision: { draft, change },
  removes,
  keeps,
  isChecked,
}: {
  request: RemovalRequest;
  decision: Decision;
  removes: boolean;
  keeps: boolean;
  /** After a first attempt: what is missing is said. */
  isChecked: boolean;
}) {
  const { t } = useTranslation('removals-desk');
  return (
    <>
      {removes && (
        <ChoiceChips<RemovalReason>
          legend={t('why.remove')}
          value={removeReasonOf(request, draft)}
          onChange={(removeReason) => change({ removeReason })}
          options={removalReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
      )}
      {keeps && (
        <ChoiceChips<KeepReason>
          legend={t('why.keep')}
          value={draft.keepReason}
          onChange={(keepReason) => change({ keepReason })}
          options={keeping.map((value) => ({ value, label: t(`why.kept.${value}`) }))}
          error={isChecked && draft.keepReason === null ? t('why.missing') : undefined}
        />
      )}
    </>
  );
}

/** Why it was decided so, where that is known. */
export function Why({ item: { state, decidedFor } }: { item: Pick<Item, 'state' | 'decidedFor'> }) {
  const { t } = useTranslation('removals-desk');
  if (!decidedFor) return null;
  const reason =
    state === 'kept'
      ? t(`why.kept.${decidedFor as KeepReason}`)
      : t(`reasons.${decidedFor as RemovalReason}`);
  return <p>{t('why.because', { reason })}</p>;
}
