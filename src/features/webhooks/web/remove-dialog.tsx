import { useTranslation } from 'react-i18next';
import { ConfirmDialog, type DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { WebhookEndpoint } from '../contract.ts';
import { useRemoveEndpoint } from './api.ts';
import { hostOf } from './hook-words.ts';

export function RemoveDialog({
  endpoint,
  ...control
}: DialogControl & { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation('webhooks');
  const remove = useRemoveEndpoint();
  const confirm = () => {
    remove.mutate(endpoint.id, {
      onSuccess: () => {
        control.onOpenChange(false);
        showToast(t('removed'));
      },
    });
  };
  return (
    <ConfirmDialog
      {...control}
      title={t('remove-title', { host: hostOf(endpoint.url) })}
      body={t('remove-body')}
      submit={t('remove')}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
    />
  );
}
