import { useTranslation } from 'react-i18next';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { WebhookEndpoint } from '../contract.ts';
import { useRemoveEndpoint } from './api.ts';
import { Confirm } from './confirm.tsx';
import { hostOf } from './hook-words.ts';
import type { DialogControl } from './shown-secret.tsx';

export function RemoveDialog({
  endpoint,
  ...control
}: DialogControl & { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation('webhooks');
  const remove = useRemoveEndpoint();
  const confirm = () => {
    if (remove.isPending) return;
    remove.mutate(endpoint.id, {
      onSuccess: () => {
        control.onOpenChange(false);
        showToast(t('removed'));
      },
    });
  };
  return (
    <Confirm
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
