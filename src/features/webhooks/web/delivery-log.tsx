import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { SelectField } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { EmptyState, ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import type { WebhookDelivery } from '../contract.ts';
import { type LogFilters, noFilters, useDeliveries, useEndpoints } from './api.ts';
import { DeliveryDialog } from './delivery-dialog.tsx';
import { eventTypes, hostOf, states, useAttemptWords, useEventName } from './hook-words.ts';
import { StateBadge } from './state-badge.tsx';
import { Waiting } from './waiting.tsx';

/** What was told to whom, and how it went. */
export function DeliveryLog() {
  const { t } = useTranslation('webhooks');
  const [filters, setFilters] = useState<LogFilters>(noFilters);
  return (
    <Card title={t('log')} description={t('log-lead')}>
      <Filters filters={filters} onChange={(change) => setFilters({ ...filters, ...change })} />
      <Deliveries filters={filters} />
    </Card>
  );
}

function Filters({
  filters,
  onChange,
}: {
  filters: LogFilters;
  onChange: (change: Partial<LogFilters>) => void;
}) {
  const { t } = useTranslation('webhooks');
  const eventName = useEventName();
  const endpoints = useEndpoints().data?.items ?? [];
  return (
    <div className="mb-3 grid grid-cols-3 gap-3 max-md:grid-cols-1">
      <SelectField
        label={t('endpoint')}
        value={filters.endpointId}
        onChange={({ target }) => onChange({ endpointId: target.value })}
      >
        <option value="">{t('all-endpoints')}</option>
        {endpoints.map(({ id, url }) => (
          <option key={id} value={id}>
            {hostOf(url)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('event')}
        value={filters.type}
        onChange={({ target }) => onChange({ type: target.value as LogFilters['type'] })}
      >
        <option value="">{t('all-events')}</option>
        {[...eventTypes, 'webhook.test' as const].map((type) => (
          <option key={type} value={type}>
            {eventName(type)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('state')}
        value={filters.state}
        onChange={({ target }) => onChange({ state: target.value as LogFilters['state'] })}
      >
        <option value="">{t('all-states')}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {t(`states.${state}`)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function Deliveries({ filters }: { filters: LogFilters }) {
  const { t } = useTranslation('webhooks');
  const log = useDeliveries(filters);
  const [opened, setOpened] = useState<string | null>(null);
  const items = log.data?.pages.flatMap((page) => page.items);
  if (!items && log.isError) {
    return (
      <ErrorState title={t('log-failed')} error={log.error} onRetry={() => void log.refetch()} />
    );
  }
  if (!items) return <Waiting />;
  if (items.length === 0) {
    const isFiltered = Object.values(filters).some((value) => value !== '');
    return <EmptyState icon={<ScrollText />} title={t(isFiltered ? 'log-none' : 'log-empty')} />;
  }
  return (
    <>
      <ul className="divide-y divide-hairline" aria-busy={log.isPlaceholderData}>
        {items.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            onOpen={() => setOpened(delivery.id)}
          />
        ))}
      </ul>
      {log.isFetchNextPageError && <MoreFailed onRetry={() => void log.fetchNextPage()} />}
      {log.hasNextPage && !log.isFetchNextPageError && (
        <div className="flex justify-center pt-3">
          <Button
            size="sm"
            isBusy={log.isFetchingNextPage}
            onClick={() => void log.fetchNextPage()}
          >
            {t('more')}
          </Button>
        </div>
      )}
      {opened !== null && (
        <DeliveryDialog id={opened} open onOpenChange={(open) => !open && setOpened(null)} />
      )}
    </>
  );
}

function DeliveryRow({ delivery, onOpen }: { delivery: WebhookDelivery; onOpen: () => void }) {
  const { t } = useTranslation('webhooks');
  const format = useFormat();
  const eventName = useEventName();
  const attemptWords = useAttemptWords();
  const endpoints = useEndpoints().data?.items ?? [];
  const endpoint = endpoints.find(({ id }) => id === delivery.endpointId);
  const { type, createdAt, state, lastAttempt, nextAttemptAt, attemptCount, isResend } = delivery;
  const at = format.dateTime(createdAt);
  const facts = [
    // Where there is but one, it says nothing.
    endpoint && endpoints.length > 1 ? hostOf(endpoint.url) : null,
    isResend ? t('resent') : null,
    attemptCount > 1 ? t('attempts', { count: attemptCount }) : null,
    lastAttempt ? attemptWords(lastAttempt) : null,
    nextAttemptAt && attemptCount > 0 ? t('next-at', { at: format.dateTime(nextAttemptAt) }) : null,
  ].filter((fact) => fact !== null);
  return (
    <li>
      <button
        type="button"
        aria-label={t('open-delivery', { event: eventName(type), at })}
        onClick={onOpen}
        className="-mx-2 flex w-[calc(100%+1rem)] items-start gap-3 rounded-control px-2 py-2.5 text-left hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="block break-words">{eventName(type)}</span>
          <span className="block text-meta break-words text-ink-faint">
            <span className="tabular-nums">{at}</span>
            {facts.map((fact) => ` · ${fact}`).join('')}
          </span>
        </span>
        <StateBadge state={state} />
      </button>
    </li>
  );
}
