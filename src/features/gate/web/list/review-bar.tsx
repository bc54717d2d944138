import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRight } from '#features/accounts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useReviewSettings, useSaveReviewSettings } from './api.ts';

/** What the tab *A revisar* lists, and for administrators from which age on. */
export function ReviewBar() {
  const { t } = useTranslation('blocks-desk');
  const days = useReviewSettings().data?.afterDays;
  const maySet = useRight('settings.manage');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-2 pb-3 text-preview text-ink-soft">
      {days !== undefined && <p>{t('review.lead', { count: days })}</p>}
      {days !== undefined && maySet && (
        <Button size="sm" variant="quiet" onClick={() => setOpen(true)}>
          {t('review.change')}
        </Button>
      )}
      {isOpen && days !== undefined && <AgeDialog kept={days} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Null for what is no number of days that can be set. */
const daysIn = (typed: string): number | null => {
  const days = Number(typed.trim());
  return Number.isInteger(days) && days >= 1 && days <= 3650 ? days : null;
};

function AgeDialog({ kept, onClose }: { kept: number; onClose: () => void }) {
  const { t } = useTranslation('blocks-desk');
  const { t: gate } = useTranslation('gate');
  const [typed, setTyped] = useState(String(kept));
  const save = useSaveReviewSettings();
  const days = daysIn(typed);
  const submit = () => {
    if (days === null) return focusFirstError('[role=dialog]');
    save.mutate(
      { afterDays: days },
      {
        onSuccess: () => {
          onClose();
          showToast(t('review.saved'));
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('review.age-title')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{gate('action.cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {t('review.save')}
          </Button>
        </>
      }
    >
      <TextField
        inputMode="numeric"
        label={t('review.age-label')}
        hint={t('review.age-hint')}
        value={typed}
        maxLength={4}
        onChange={(event) => setTyped(event.target.value)}
        {...(days === null && { error: t('review.age-wrong') })}
      />
      <ProblemLine error={save.error} />
    </Dialog>
  );
}
