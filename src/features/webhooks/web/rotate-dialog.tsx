import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookEndpoint } from '../contract.ts';
import { useRotateSecret } from './api.ts';
import { Confirm } from './confirm.tsx';
import { hostOf } from './hook-words.ts';
import { type DialogControl, ShownSecret } from './shown-secret.tsx';

/** Asks first, then shows the new secret this once. */
export function RotateDialog({
  endpoint,
  ...control
}: DialogControl & { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation('webhooks');
  const rotate = useRotateSecret();
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) return <ShownSecret {...control} secret={secret} />;
  const confirm = () => {
    if (!rotate.isPending) {
      rotate.mutate(endpoint.id, { onSuccess: (answer) => setSecret(answer.secret) });
    }
  };
  return (
    <Confirm
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
