import { type ReactNode, type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Dialog, type DialogProps } from './dialog.tsx';
import { ProblemLine } from './states.tsx';

/** How a dialog of a list's row is opened and closed, and where the focus goes then. */
export interface DialogControl {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  finalFocus?: RefObject<HTMLElement | null>;
}

export interface ConfirmDialogProps extends DialogControl, Pick<DialogProps, 'size'> {
  title: string;
  /** One sentence that says what will happen. */
  body: string;
  submit: ReactNode;
  /** For what cannot be taken back. */
  isDangerous?: boolean;
  isBusy: boolean;
  /** What has to be known first is known. */
  isReady?: boolean;
  error: unknown;
  onConfirm: () => void;
  /** What is to be chosen before. */
  children?: ReactNode;
}

/** Asks before something is done, with the focus on *Cancelar*; while it is being done nothing closes it. */
export function ConfirmDialog({
  title,
  body,
  submit,
  isDangerous = false,
  isBusy,
  isReady = true,
  error,
  onConfirm,
  onOpenChange,
  children,
  ...rest
}: ConfirmDialogProps) {
  const { t } = useTranslation('platform');
  const cancel = useRef<HTMLButtonElement>(null);
  const hasBody = Boolean(children) || Boolean(error);
  return (
    <Dialog
      {...rest}
      role="alertdialog"
      initialFocus={cancel}
      onOpenChange={(open) => (open || !isBusy) && onOpenChange(open)}
      title={title}
      description={body}
      onSubmit={() => !isBusy && onConfirm()}
      footer={
        <>
          <Button ref={cancel} aria-disabled={isBusy} onClick={() => isBusy || onOpenChange(false)}>
            {t('cancel')}
          </Button>
          <Button
            type="submit"
            variant={isDangerous ? 'danger' : 'primary'}
            isBusy={isBusy}
            disabled={!isReady}
          >
            {submit}
          </Button>
        </>
      }
    >
      {hasBody && (
        <div className="flex flex-col gap-4 py-1">
          {children}
          <ProblemLine error={error} />
        </div>
      )}
    </Dialog>
  );
}
