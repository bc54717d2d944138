import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import { useEndpoints } from './api.ts';
import { DeliveryLog } from './delivery-log.tsx';
import { EndpointDialog } from './endpoint-dialog.tsx';
import { EndpointRow } from './endpoint-row.tsx';
import { Waiting } from './waiting.tsx';
import { useWebhookWords } from './webhook-words.ts';

/** Where other programs are told of events, and how that went; administrators only. */
export function WebhookSettings() {
  const { t } = useTranslation('platform');
  const { state, again } = useWebhookWords();
  if (state === 'loading') return <Waiting />;
  if (state === 'failed') {
    const error = new ApiProblem(0, { code: 'network' });
    return <ErrorState title={t('part-failed')} error={error} onRetry={again} />;
  }
  return (
    <>
      <Endpoints />
      <DeliveryLog />
    </>
  );
}

function Endpoints() {
  const { t } = useTranslation('webhooks');
  const endpoints = useEndpoints();
  const [visit, setVisit] = useState(0);
  const [isAdding, setAdding] = useState(false);
  const items = endpoints.data?.items;
  return (
    <Card
      title={items?.length ? t('list', { count: items.length }) : t('none')}
      actions={
        <Button
          variant="primary"
          icon={<Plus />}
          onClick={() => {
            setVisit(visit + 1);
            setAdding(true);
          }}
        >
          {t('add')}
        </Button>
      }
    >
      {endpoints.isPending && <Waiting />}
      {!items && endpoints.isError && (
        <ErrorState
          title={t('failed')}
          error={endpoints.error}
          onRetry={() => void endpoints.refetch()}
        />
      )}
      {items?.length === 0 && (
        <EmptyState icon={<Webhook />} title={t('empty')} hint={t('empty-hint')} />
      )}
      {items && items.length > 0 && (
        <ul className="-my-3 divide-y divide-hairline">
          {items.map((endpoint) => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
      )}
      <EndpointDialog key={visit} open={isAdding} onOpenChange={setAdding} />
    </Card>
  );
}
