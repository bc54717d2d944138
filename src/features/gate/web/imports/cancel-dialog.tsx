import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { useRunImport } from './api.ts';

export function CancelDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('block-lists');
  const cancel = useRunImport('cancel');
  const goOn = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open
      role="alertdialog"
      onOpenChange={(open) => !open && onClose()}
      title={t('progress.cancel-title')}
      description={t('progress.cancel-body')}
      initialFocus={goOn}
      footer={
        <>
          <Button ref={goOn} onClick={onClose}>
            {t('progress.go-on')}
          </Button>
          <Button
            variant="danger"
            isBusy={cancel.isPending}
            onClick={() => cancel.mutate(id, { onSuccess: onClose })}
          >
            {t('progress.cancel-confirm')}
          </Button>
        </>
      }
    >
      <ProblemLine error={cancel.error} />
    </Dialog>
  );
}
