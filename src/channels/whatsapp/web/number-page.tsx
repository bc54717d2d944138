import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BlockListCard } from '#features/gate/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { formatPhone } from '#platform/web/phone.ts';
import { Badge } from '#platform/web/ui/badge.tsx';
import { buttonClass } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import type { WhatsAppNumber } from '../contract.ts';
import { AccessCard } from './access-card.tsx';
import { useNumber } from './api.ts';
import { BusinessAppCard } from './business-app-card.tsx';
import { DisconnectCard } from './disconnect-card.tsx';
import { ErrorCard } from './error-card.tsx';
import { HealthCard } from './health-card.tsx';
import { freshToken, stateOf, toneOf } from './number-state.ts';
import { TestCard } from './test-card.tsx';
import { WebhookCard } from './webhook-card.tsx';

/** One number: the rest of its guide while it is new, then how it fares. */
export function NumberPage({ id }: { id: string }) {
  const { t } = useTranslation('channels');
  // Once begun, the guide stays to its end: nothing jumps away when the first webhook comes.
  const [isNew] = useState(freshToken.of(id) !== undefined);
  const [everyMs, setEveryMs] = useState(2_000);
  const number = useNumber(id, everyMs);
  const isGuide = isNew || number.data?.lastWebhookAt === null;
  const wantedMs = isGuide ? 2_000 : 10_000;
  if (wantedMs !== everyMs && number.data) setEveryMs(wantedMs);
  return (
    <>
      <Link
        to="/ajustes/$section"
        params={{ section: 'canais' }}
        search={{}}
        className="mb-3 -ml-1 inline-flex items-center gap-1 text-preview text-ink-soft hover:text-ink"
      >
        <ChevronLeft className="size-4" />
        {t('list.back')}
      </Link>
      {number.isPending && (
        <Delayed>
          <Skeleton className="h-24 w-full" />
        </Delayed>
      )}
      {number.isError && !number.data && (
        <ErrorState
          title={t('list.failed')}
          error={number.error}
          onRetry={() => void number.refetch()}
        />
      )}
      {number.data && <Parts number={number.data} isGuide={isGuide} />}
    </>
  );
}

function Parts({ number, isGuide }: { number: WhatsAppNumber; isGuide: boolean }) {
  const { t } = useTranslation('channels');
  const state = stateOf(number);
  return (
    <>
      <header className="mb-4">
        <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-section font-semibold">
          <span className="min-w-0 break-words">{number.name}</span>
          <Badge tone={toneOf[state]}>{t(`state.${state}`)}</Badge>
        </h2>
        <p className="mt-0.5 text-ink-soft tabular-nums">{formatPhone(number.displayNumber)}</p>
      </header>
      {state === 'disconnected' ? (
        <Disconnected at={number.disconnectedAt ?? ''} />
      ) : (
        <>
          {isGuide && <WebhookCard number={number} isGuide />}
          {isGuide && <TestCard number={number} isGuide />}
          <BusinessAppCard number={number} />
          <HealthCard number={number} />
          <ErrorCard errors={number.errors} otherErrors={number.otherErrors} />
          {!isGuide && <WebhookCard number={number} isGuide={false} />}
          {!isGuide && <TestCard number={number} isGuide={false} />}
          {!isGuide && <BlockListCard channelId={number.id} />}
          <AccessCard number={number} />
          <DisconnectCard number={number} />
        </>
      )}
    </>
  );
}

function Disconnected({ at }: { at: string }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  return (
    <Card>
      <p>{t('disconnected.lead', { date: format.date(at) })}</p>
      <Link
        to="/ajustes/$section"
        params={{ section: 'canais' }}
        search={{ numero: 'novo' }}
        className={`${buttonClass()} mt-3`}
      >
        {t('disconnected.again')}
      </Link>
    </Card>
  );
}
