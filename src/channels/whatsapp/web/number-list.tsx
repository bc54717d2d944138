import { Link } from '@tanstack/react-router';
import { ChevronRight, Plus, Smartphone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { formatPhone } from '#platform/web/phone.ts';
import { Badge } from '#platform/web/ui/badge.tsx';
import { buttonClass } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { WhatsAppNumber } from '../contract.ts';
import { useNumbers } from './api.ts';
import { stateOf, toneOf } from './number-state.ts';

/** The numbers of the workspace, each with its state. */
export function NumberList() {
  const { t } = useTranslation('channels');
  const numbers = useNumbers();
  const items = numbers.data?.items ?? [];
  const connect = (
    <Link
      to="/ajustes/$section"
      params={{ section: 'canais' }}
      search={{ numero: 'novo' }}
      className={buttonClass('primary')}
    >
      <Plus />
      {t('list.connect')}
    </Link>
  );
  return (
    <Card
      title={items.length > 0 ? t('list.title', { count: items.length }) : t('list.heading')}
      actions={items.length > 0 && connect}
    >
      {numbers.isPending && (
        <Delayed>
          <p role="status" className="sr-only">
            {t('list.loading')}
          </p>
          <Skeleton className="h-12 w-full" />
        </Delayed>
      )}
      {numbers.isError && !numbers.data && (
        <ErrorState
          title={t('list.failed')}
          error={numbers.error}
          onRetry={() => void numbers.refetch()}
        />
      )}
      {numbers.data && items.length === 0 && (
        <EmptyState
          icon={<Smartphone />}
          title={t('list.empty')}
          hint={t('list.empty-hint')}
          action={connect}
        />
      )}
      {items.length > 0 && (
        <ul className="-mx-5 -my-2 divide-y divide-hairline">
          {items.map((number) => (
            <Row key={number.id} number={number} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const state = stateOf(number);
  return (
    <li>
      <Link
        to="/ajustes/$section"
        params={{ section: 'canais' }}
        search={{ numero: number.id }}
        className="flex min-h-16 items-center gap-3 px-5 py-3 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="min-w-0 font-medium break-words">{number.name}</span>
            <Badge tone={toneOf[state]}>{t(`state.${state}`)}</Badge>
          </span>
          <span className="mt-0.5 flex flex-wrap gap-x-2 text-preview text-ink-soft tabular-nums">
            <span>{formatPhone(number.displayNumber)}</span>
            <span>
              {number.lastWebhookAt
                ? t('list.last-webhook', { at: format.short(number.lastWebhookAt) })
                : t('list.never')}
            </span>
          </span>
        </span>
        <ChevronRight aria-hidden="true" className="size-4 text-ink-faint" />
      </Link>
    </li>
  );
}
