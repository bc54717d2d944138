import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog, type DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import type { WebhookEndpoint } from '../contract.ts';
import { useRotateSecret } from './api.ts';
import { hostOf } from './hook-words.ts';
import { ShownSecret } from './shown-secret.tsx';

/** Asks first, then shows the new secret this once. */
export function RotateDialog({
  endpoint,
  ...control
}: DialogControl & { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation('webhooks');
  const rotate = useRotateSecret();
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) return <ShownSecret {...control} secret={secret} />;
  const confirm = () =>
    rotate.mutate(endpoint.id, { onSuccess: (answer) => setSecret(answer.secret) });
  return (
    <ConfirmDialog
      {...control}
      title={t('rotate-title', { host: hostOf(endpoint.url) })}
      body={t('rotate-body')}
      submit={t('rotate')}
      isBusy={rotate.isPending}
      error={rotate.error}
      onConfirm={confirm}
    />
  );
}
