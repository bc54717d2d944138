import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { DialogControl } from './shown-secret.tsx';

/** One sentence that says what will happen; focus on *Cancelar*. */
export function Confirm({
  title,
  body,
  submit,
  isDangerous = false,
  isBusy,
  error,
  onConfirm,
  ...control
}: DialogControl & {
  title: string;
  body: string;
  submit: ReactNode;
  isDangerous?: boolean;
  isBusy: boolean;
  error: unknown;
  onConfirm: () => void;
}) {
  const { t } = useTranslation('webhooks');
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
            {t('cancel')}
          </Button>
          <Button type="submit" variant={isDangerous ? 'danger' : 'primary'} isBusy={isBusy}>
            {submit}
          </Button>
        </>
      }
    >
      {error ? <ProblemLine error={error} /> : null}
    </Dialog>
  );
}
