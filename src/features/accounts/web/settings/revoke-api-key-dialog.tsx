import { useTranslation } from 'react-i18next';
import { ConfirmDialog, type DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { ApiKey } from '../../contract.ts';
import { useRevokeApiKey } from '../api.ts';

export function RevokeApiKeyDialog({ apiKey, ...control }: DialogControl & { apiKey: ApiKey }) {
  const { t } = useTranslation('accounts');
  const revoke = useRevokeApiKey();
  const confirm = () => {
    revoke.mutate(apiKey.id, {
      onSuccess: () => {
        control.onOpenChange(false);
        showToast(t('api-keys.revoked', { name: apiKey.name }));
      },
    });
  };
  return (
    <ConfirmDialog
      {...control}
      title={t('api-keys.revoke-title', { name: apiKey.name })}
      body={t('api-keys.revoke-body')}
      submit={t('api-keys.revoke-submit')}
      isDangerous
      isBusy={revoke.isPending}
      error={revoke.error}
      onConfirm={confirm}
    />
  );
}
