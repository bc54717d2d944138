import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Badge } from '#platform/web/ui/badge.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { ApiKey } from '../../contract.ts';
import { useApiKeys } from '../api.ts';
import { CreateApiKeyDialog } from './create-api-key-dialog.tsx';
import { RevokeApiKeyDialog } from './revoke-api-key-dialog.tsx';
import { keyOf, scopesOfRole } from './scope-field.tsx';
import { useScopeWords } from './scope-words.ts';
import { useOneDialog } from './use-one-dialog.ts';
import { WaitingRows } from './waiting-rows.tsx';

/** Keys for programs; administrators only. */
export function ApiKeySettings() {
  const { t } = useTranslation('accounts');
  const words = useScopeWords();
  const keys = useApiKeys();
  const [isAdding, setAdding] = useState(false);
  const [visit, setVisit] = useState(0);
  const revoking = useOneDialog<ApiKey>();
  const add = () => {
    setVisit(visit + 1);
    setAdding(true);
  };
  return (
    <Card
      title={
        keys.data?.items.length
          ? t('api-keys.list', { count: keys.data.items.length })
          : t('settings.api-keys')
      }
      actions={
        <Button variant="primary" icon={<Plus />} onClick={add}>
          {t('api-keys.add')}
        </Button>
      }
    >
      {keys.isPending && <WaitingRows words={t('api-keys.loading')} />}
      {keys.isError && (
        <ErrorState
          title={t('api-keys.failed')}
          error={keys.error}
          onRetry={() => void keys.refetch()}
        />
      )}
      {keys.data?.items.length === 0 && (
        <EmptyState icon={<KeyRound />} title={t('api-keys.empty')} />
      )}
      {keys.data && words.state !== 'loading' && (
        <ul className="-my-2 divide-y divide-hairline">
          {keys.data.items.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => revoking.open(key)} />
          ))}
        </ul>
      )}
      <p className="mt-4 border-t border-hairline pt-4 text-preview">
        <a
          href="/api/openapi.json"
          target="_blank"
          rel="noreferrer"
          className="text-accent-ink underline underline-offset-2"
        >
          {t('api-keys.docs')}
        </a>
      </p>
      <CreateApiKeyDialog key={`add-${visit}`} open={isAdding} onOpenChange={setAdding} />
      {revoking.subject && (
        <RevokeApiKeyDialog
          key={`revoke-${revoking.visit}`}
          apiKey={revoking.subject}
          {...revoking.control}
        />
      )}
    </Card>
  );
}

/** In its row all of them by name, unless the key has all that its role bears. */
function KeyScopes({ apiKey: { role, scopes } }: { apiKey: ApiKey }) {
  const { t } = useTranslation('scopes');
  const isAll = scopes.length === scopesOfRole[role].length;
  return (
    <p className="mt-0.5 text-preview break-words text-ink-soft">
      {isAll ? t('everything') : scopes.map((scope) => t(`words.${keyOf(scope)}`)).join(' · ')}
    </p>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium break-words">{apiKey.name}</span>
          <Badge>{t(`roles.${apiKey.role}`)}</Badge>
        </p>
        <KeyScopes apiKey={apiKey} />
        <p className="mt-0.5 flex flex-wrap gap-x-2 text-preview text-ink-soft tabular-nums">
          <code className="font-mono">{apiKey.prefix}…</code>
          <span>{t('api-keys.created-at', { date: format.date(apiKey.createdAt) })}</span>
          <span>
            {apiKey.lastUsedAt
              ? t('api-keys.last-used', { at: format.dateTime(apiKey.lastUsedAt) })
              : t('api-keys.never-used')}
          </span>
        </p>
      </div>
      <Button
        size="sm"
        aria-label={t('api-keys.revoke-name', { name: apiKey.name })}
        onClick={onRevoke}
      >
        {t('api-keys.revoke')}
      </Button>
    </li>
  );
}
