import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '#platform/web/ui/confirm-dialog.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { ConflictOutcome, IdentityConflict } from '../../people/contract.ts';
import { useDecide } from './api.ts';
import { KeepBlock } from './keep-block.tsx';
import { useTellWire } from './use-tell-wire.ts';

/** The question, with the answers that fit and what each of them means. */
export function DecideDialog({
  conflict,
  blockImpact,
  onClose,
}: {
  conflict: IdentityConflict;
  /** What a block of a contact will stop: of the gate, which the page hands in. */
  blockImpact: (contactId: string) => ReactNode;
  onClose: () => void;
}) {
  const { t } = useTranslation('people');
  const [outcome, setOutcome] = useState<ConflictOutcome | null>(null);
  const [keepBlock, setKeepBlock] = useState(true);
  const [wasTried, setTried] = useState(false);
  const decide = useDecide();
  const tellWire = useTellWire();
  const isOneBlocked = conflict.contact.isBlocked || conflict.other?.isBlocked === true;
  const asksForBlock = outcome === 'merged' && conflict.other !== null && isOneBlocked;
  const isBlock = outcome === 'blocked' || (asksForBlock && keepBlock);
  const shutOut = isBlock && [conflict.contact, conflict.other].find((side) => !side?.isBlocked);
  const submit = () => {
    setTried(true);
    if (outcome === null) return;
    decide.mutate(
      { id: conflict.id, outcome, keepBlock: asksForBlock ? keepBlock : true },
      {
        onSuccess: ({ stillOnWire }) => {
          showToast(t('conflicts.decided-toast'));
          tellWire(stillOnWire);
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      open
      size="md"
      onOpenChange={onClose}
      title={t('conflicts.decide-title')}
      body={t('conflicts.decide-body')}
      submit={t('conflicts.decide')}
      isBusy={decide.isPending}
      error={decide.error}
      onConfirm={submit}
    >
      <Outcomes conflict={conflict} value={outcome} onChange={setOutcome} />
      {wasTried && outcome === null && <Problem>{t('conflicts.choose-one')}</Problem>}
      {asksForBlock && (
        <KeepBlock
          legend={t('conflicts.merged-blocked')}
          keep={t('merge.keep')}
          lift={t('merge.lift')}
          hint={keepBlock ? null : t('merge.lift-hint')}
          value={keepBlock}
          onChange={setKeepBlock}
        />
      )}
      {shutOut && <div key={shutOut.id}>{blockImpact(shutOut.id)}</div>}
    </ConfirmDialog>
  );
}

function Outcomes({
  conflict,
  value,
  onChange,
}: {
  conflict: IdentityConflict;
  value: ConflictOutcome | null;
  onChange: (outcome: ConflictOutcome) => void;
}) {
  const { t } = useTranslation('people');
  const name = useId();
  const hintOf = (outcome: ConflictOutcome): string =>
    outcome === 'merged' && conflict.other === null
      ? t('conflicts.hint.merged-new')
      : t(`conflicts.hint.${outcome}`);
  return (
    <fieldset>
      <legend className="sr-only">{t('conflicts.decide-title')}</legend>
      <div className="divide-y divide-hairline rounded-card border border-hairline">
        {conflict.outcomes.map((outcome) => (
          <label
            key={outcome}
            className="flex cursor-pointer items-start gap-3 px-3 py-3 hover:bg-hover"
          >
            <input
              type="radio"
              name={name}
              value={outcome}
              checked={value === outcome}
              onChange={() => onChange(outcome)}
              className="mt-1 size-4 shrink-0"
            />
            <span className="min-w-0">
              <span className="block font-medium">{t(`conflicts.outcome.${outcome}`)}</span>
              <span className="block text-preview text-ink-soft">{hintOf(outcome)}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
