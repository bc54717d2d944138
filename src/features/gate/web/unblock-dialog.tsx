import { ShieldCheck } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import { useUnblockContact } from './api.ts';
import type { GateDialogProps } from './gate-contact.ts';
import { withdrawUndo } from './tell-blocked.ts';

export function UnblockDialog({
  contact,
  open,
  onOpenChange,
  finalFocus,
  onUnblocked,
}: GateDialogProps) {
  const { t } = useTranslation('gate');
  const cancel = useRef<HTMLButtonElement>(null);
  const unblock = useUnblockContact();
  const close = (next: boolean) => {
    if (!unblock.isPending) onOpenChange(next);
  };
  const submit = () => {
    if (unblock.isPending) return;
    unblock.mutate(
      { contactId: contact.id },
      {
        onSuccess: () => {
          onOpenChange(false);
          withdrawUndo(contact.id);
          showToast(t('toast.unblocked', { name: contact.name }));
          // What follows is about conversations.
          if (!contact.isErased) onUnblocked?.(contact);
        },
      },
    );
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      role="alertdialog"
      initialFocus={cancel}
      finalFocus={finalFocus}
      title={t('confirm-unblock.title', { name: contact.name })}
      description={t(contact.isErased ? 'confirm-unblock.body-erased' : 'confirm-unblock.body')}
      onSubmit={submit}
      footer={
        <>
          <Button ref={cancel} onClick={() => close(false)} aria-disabled={unblock.isPending}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" variant="primary" icon={<ShieldCheck />} isBusy={unblock.isPending}>
            {t('action.unblock')}
          </Button>
        </>
      }
    >
      {unblock.error && <ProblemLine error={unblock.error} />}
    </Dialog>
  );
}
