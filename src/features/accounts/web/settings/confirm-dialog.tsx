import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { DialogControl } from './use-one-dialog.ts';

/** One sentence that says what will happen; focus on *Cancelar*. */
export function ConfirmDialog({
  title,
  body,
  submit,
  isBusy,
  error,
  onConfirm,
  ...control
}: DialogControl & {
  title: string;
  body: string;
  submit: ReactNode;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
}) {
  const { t } = useTranslation('accounts');
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      {...control}
      role="alertdialog"
      initialFocus={cancel}
      title={title}
      description={body}
      onSubmit={onConfirm}
      footer={
        <>
          <Button ref={cancel} onClick={() => control.onOpenChange(false)}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" variant="danger" isBusy={isBusy}>
            {submit}
          </Button>
        </>
      }
    >
      {error ? <ProblemLine error={error} /> : null}
    </Dialog>
  );
}
