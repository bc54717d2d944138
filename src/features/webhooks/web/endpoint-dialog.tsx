import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { CheckList } from '#platform/web/ui/check-list.tsx';
import type { DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { focusFirstError } from '#platform/web/ui/focus-first-error.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { WebhookEndpoint, WebhookEventType } from '../contract.ts';
import { useCreateEndpoint, useUpdateEndpoint } from './api.ts';
import { eventTypes, useEventName } from './hook-words.ts';
import { ShownSecret } from './shown-secret.tsx';

const isAddress = (url: string): boolean => /^https?:\/\/[^\s]+$/.test(url) && URL.canParse(url);

/** Adds an address, and shows its secret this once; or changes one. */
export function EndpointDialog({
  endpoint,
  ...control
}: DialogControl & { endpoint?: WebhookEndpoint }) {
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) return <ShownSecret {...control} secret={secret} />;
  return <EndpointForm {...control} endpoint={endpoint} onCreated={setSecret} />;
}

/** Writes what was typed, where it goes. */
function useSave(
  endpoint: WebhookEndpoint | undefined,
  onCreated: (secret: string) => void,
  onSaved: () => void,
) {
  const create = useCreateEndpoint();
  const update = useUpdateEndpoint();
  return {
    isBusy: create.isPending || update.isPending,
    error: create.error ?? update.error,
    save: (input: { url: string; events: WebhookEventType[] }) => {
      if (endpoint) update.mutate({ id: endpoint.id, ...input }, { onSuccess: onSaved });
      else create.mutate(input, { onSuccess: ({ secret }) => onCreated(secret) });
    },
  };
}

function EndpointForm({
  endpoint,
  open,
  onOpenChange,
  onCreated,
}: DialogControl & {
  endpoint: WebhookEndpoint | undefined;
  onCreated: (secret: string) => void;
}) {
  const { t } = useTranslation('webhooks');
  const eventName = useEventName();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [events, setEvents] = useState<WebhookEventType[]>(endpoint?.events ?? [...eventTypes]);
  const [wasTried, setTried] = useState(false);
  const { save, isBusy, error } = useSave(endpoint, onCreated, () => {
    onOpenChange(false);
    showToast(t('saved'));
  });
  const isWhole = isAddress(url.trim()) && events.length > 0;
  const submit = () => {
    setTried(true);
    if (!isWhole) focusFirstError('[role=dialog]');
    else if (!isBusy) save({ url: url.trim(), events });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(endpoint ? 'edit-title' : 'add-title')}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            {t(endpoint ? 'save' : 'add')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5 py-1">
        <TextField
          label={t('url')}
          hint={t('url-hint')}
          type="url"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          placeholder="https://"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          error={wasTried && !isAddress(url.trim()) ? t('url-missing') : undefined}
        />
        <CheckList
          legend={t('what')}
          values={events}
          onChange={setEvents}
          options={eventTypes.map((type) => ({
            value: type,
            label: eventName(type),
            hint: <code className="font-mono">{type}</code>,
          }))}
          error={wasTried && events.length === 0 ? t('what-missing') : undefined}
        />
        <ProblemLine error={error} />
      </div>
    </Dialog>
  );
}
