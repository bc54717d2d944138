import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { WhatsAppNumber } from '../contract.ts';
import { useDisconnect } from './api.ts';

/** Apart from everything else, plain, and behind a dialog that says what will happen. */
export function DisconnectCard({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const cancel = useRef<HTMLButtonElement>(null);
  const disconnect = useDisconnect(number.id);
  const confirm = () => {
    if (disconnect.isPending) return;
    disconnect.mutate(undefined, {
      onSuccess: () => {
        setOpen(false);
        showToast(t('disconnect.done', { name: number.name }));
        void navigate({ to: '/ajustes/$section', params: { section: 'canais' } });
      },
    });
  };
  return (
    <Card title={t('disconnect.title')} description={t('disconnect.lead')}>
      <Button onClick={() => setOpen(true)}>{t('disconnect.action')}</Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        role="alertdialog"
        initialFocus={cancel}
        title={t('disconnect.confirm', { name: number.name })}
        description={t('disconnect.body')}
        onSubmit={confirm}
        footer={
          <>
            <Button ref={cancel} onClick={() => setOpen(false)}>
              {t('form.cancel')}
            </Button>
            <Button type="submit" variant="danger" isBusy={disconnect.isPending}>
              {t('disconnect.action')}
            </Button>
          </>
        }
      >
        {disconnect.error ? <ProblemLine error={disconnect.error} /> : null}
      </Dialog>
    </Card>
  );
}
