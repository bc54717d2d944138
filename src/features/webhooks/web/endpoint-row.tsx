import {
  EllipsisVertical,
  KeyRound,
  Pencil,
  Power,
  Send,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { Badge } from '#platform/web/ui/badge.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#platform/web/ui/menu.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { WebhookEndpoint } from '../contract.ts';
import { useSendTest, useUpdateEndpoint } from './api.ts';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { hostOf, useEventName } from './hook-words.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

/** What is wrong with it, in a sentence; null when nothing is. */
function useTrouble(): (endpoint: WebhookEndpoint) => string | null {
  const { t } = useTranslation('webhooks');
  const format = useFormat();
  return ({ offCause, failingSince }) => {
    if (offCause === 'failing' || offCause === 'gone') return t(`off-${offCause}`);
    return offCause === null && failingSince !== null
      ? t('failing-since', { at: format.dateTime(failingSince) })
      : null;
  };
}

export function EndpointRow({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation('webhooks');
  const eventName = useEventName();
  const trouble = useTrouble()(endpoint);
  const [dialog, setDialog] = useState<'edit' | 'rotate' | 'remove' | null>(null);
  const control = (name: typeof dialog) => ({
    open: dialog === name,
    onOpenChange: (open: boolean) => setDialog(open ? name : null),
  });
  return (
    <li className="flex items-start gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium break-all">{endpoint.url}</span>
          <Badge tone={endpoint.isOn ? 'accent' : 'neutral'}>
            {t(endpoint.isOn ? 'is-on' : 'is-off')}
          </Badge>
        </p>
        <p className="mt-0.5 text-preview text-ink-soft">
          {endpoint.events.map(eventName).join(' · ')}
        </p>
        {endpoint.formerSecretUntil && (
          <p className="mt-0.5 text-meta text-ink-faint">{t('secret-former')}</p>
        )}
        {trouble && (
          <p className="mt-1 flex items-start gap-1.5 text-preview text-amber">
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0">{trouble}</span>
          </p>
        )}
      </div>
      <EndpointMenu endpoint={endpoint} onChoose={setDialog} />
      {dialog === 'edit' && <EndpointDialog endpoint={endpoint} {...control('edit')} />}
      {dialog === 'rotate' && <RotateDialog endpoint={endpoint} {...control('rotate')} />}
      {dialog === 'remove' && <RemoveDialog endpoint={endpoint} {...control('remove')} />}
    </li>
  );
}

function EndpointMenu({
  endpoint,
  onChoose,
}: {
  endpoint: WebhookEndpoint;
  onChoose: (dialog: 'edit' | 'rotate' | 'remove') => void;
}) {
  const { t } = useTranslation('webhooks');
  const problemText = useProblemText();
  const update = useUpdateEndpoint();
  const test = useSendTest();
  const onError = (error: unknown) => showToast(problemText(error).text, { milliseconds: 8000 });
  return (
    <Menu
      trigger={
        <IconButton
          label={t('actions-for', { host: hostOf(endpoint.url) })}
          icon={<EllipsisVertical />}
        />
      }
    >
      <MenuItem
        icon={<Send />}
        label={t('test')}
        onSelect={() =>
          test.mutate(endpoint.id, { onSuccess: () => showToast(t('test-sent')), onError })
        }
      />
      <MenuItem icon={<Pencil />} label={t('edit')} onSelect={() => onChoose('edit')} />
      <MenuItem icon={<KeyRound />} label={t('rotate')} onSelect={() => onChoose('rotate')} />
      <MenuItem
        icon={<Power />}
        label={t(endpoint.isOn ? 'switch-off' : 'switch-on')}
        onSelect={() => update.mutate({ id: endpoint.id, isOn: !endpoint.isOn }, { onError })}
      />
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} label={t('remove')} onSelect={() => onChoose('remove')} />
    </Menu>
  );
}
