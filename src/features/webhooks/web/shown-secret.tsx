import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import type { DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import { CopyField } from '#platform/web/ui/copy-field.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';

/** A secret, this once. A press outside does not close it: the secret would be lost. */
export function ShownSecret({ open, onOpenChange, secret }: DialogControl & { secret: string }) {
  const { t } = useTranslation('webhooks');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      role="alertdialog"
      title={t('secret-title')}
      description={t('secret-lead')}
      footer={
        <Button variant="primary" onClick={() => onOpenChange(false)}>
          {t('done')}
        </Button>
      }
    >
      <CopyField
        label={t('secret')}
        value={secret}
        words={{ copy: t('copy'), copied: t('copied') }}
      />
    </Dialog>
  );
}
