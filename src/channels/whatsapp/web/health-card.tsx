import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { FieldCheck, Inspection, WhatsAppNumber } from '../contract.ts';
import { useInspection, useSubscribe } from './api.ts';
import { WarningLine } from './warning-line.tsx';

/** What Meta says of the number now, and what it was last seen doing. */
export function HealthCard({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const inspection = useInspection(number.id, number.hasReadableSecrets);
  return (
    <Card
      title={t('health.title')}
      actions={
        number.hasReadableSecrets && (
          <IconButton
            label={t('health.refresh')}
            icon={<RotateCw className={cx(inspection.isFetching && 'animate-spin')} />}
            size="sm"
            onClick={() => void inspection.refetch()}
          />
        )
      }
    >
      {number.cutOff && (
        <div role="status" className="mb-4">
          <WarningLine>
            {t(`health.cut-off.${number.cutOff.kind}`, { at: format.dateTime(number.cutOff.at) })}
          </WarningLine>
        </div>
      )}
      {inspection.isError && <ProblemLine error={inspection.error} />}
      <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 gap-y-2.5 max-sm:grid-cols-1 max-sm:gap-y-1 max-sm:[&_dd]:mb-2">
        <AtMeta inspection={inspection.data} isAsking={inspection.isPending} number={number} />
        <Seen number={number} />
      </dl>
    </Card>
  );
}

function Row({ name, isBad, children }: { name: string; isBad?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className={cx('min-w-0 break-words tabular-nums', isBad && 'font-medium text-amber')}>
        {children}
      </dd>
    </>
  );
}

function AtMeta({
  inspection,
  isAsking,
  number,
}: {
  inspection: Inspection | undefined;
  isAsking: boolean;
  number: WhatsAppNumber;
}) {
  const { t } = useTranslation('channels');
  const waiting = isAsking && number.hasReadableSecrets ? t('health.asking') : t('health.unknown');
  const check = inspection?.check;
  const facts = check?.facts;
  const end = number.accessTokenEnd;
  const verdict = (field: FieldCheck | undefined, fine: string): string => {
    if (field?.code) return t(`check.${field.code}`);
    return field?.state === 'ok' ? fine : waiting;
  };
  const named = (words: Record<string, string>, value: string | null | undefined): string =>
    value ? (words[value] ?? value) : waiting;
  const subscription = inspection?.subscription ?? null;
  const isMissing = subscription === 'none' || subscription === 'foreign';
  return (
    <>
      <Row name={t('health.token')} isBad={check?.accessToken.state === 'wrong'}>
        {verdict(
          check?.accessToken,
          end ? t('health.token-ok', { end: `…${end}` }) : t('health.token-ok-short'),
        )}
      </Row>
      <Row name={t('health.secret')} isBad={check?.appSecret.state === 'wrong'}>
        {verdict(check?.appSecret, t('check.ok'))}
      </Row>
      <Row name={t('health.subscription')} isBad={isMissing}>
        {subscription === null ? waiting : t(`health.subscriptions.${subscription}`)}
        {isMissing && <SubscribeAgain id={number.id} />}
      </Row>
      <Row
        name={t('health.status')}
        isBad={Boolean(facts?.status) && facts?.status !== 'CONNECTED'}
      >
        {named(t('health.statuses', { returnObjects: true }), facts?.status)}
      </Row>
      <Row
        name={t('health.quality')}
        isBad={facts?.quality === 'RED' || facts?.quality === 'YELLOW'}
      >
        {named(t('health.qualities', { returnObjects: true }), facts?.quality)}
      </Row>
      <Row name={t('health.limit')}>{useLimit(facts?.limit) ?? waiting}</Row>
      <Row name={t('health.throughput')}>
        {facts?.isOnBusinessApp
          ? t('business-app.throughput')
          : named(t('health.throughputs', { returnObjects: true }), facts?.throughput)}
      </Row>
      <Clock seconds={check?.clockSeconds ?? null} waiting={waiting} />
    </>
  );
}

/** What the guide did on connecting may have been undone at Meta since; the card asks anew once it is done. */
function SubscribeAgain({ id }: { id: string }) {
  const { t } = useTranslation('channels');
  const subscribe = useSubscribe(id);
  return (
    <div className="mt-1.5 flex flex-col items-start gap-1.5 font-normal">
      <Button size="sm" isBusy={subscribe.isPending} onClick={() => subscribe.mutate(undefined)}>
        {t('health.subscribe')}
      </Button>
      <ProblemLine error={subscribe.error} />
    </div>
  );
}

/** `TIER_1K` is a thousand people a day. */
function useLimit(tier: string | null | undefined): string | undefined {
  const { t } = useTranslation('channels');
  const format = useFormat();
  if (!tier) return undefined;
  if (tier === 'TIER_UNLIMITED') return t('health.limit-none');
  const [, count, thousand] = /^TIER_(\d+)(K?)$/.exec(tier) ?? [];
  return count === undefined ? tier : format.number(Number(count) * (thousand === 'K' ? 1000 : 1));
}

const tolerableSeconds = 5;

function Clock({ seconds, waiting }: { seconds: number | null; waiting: string }) {
  const { t } = useTranslation('channels');
  const isOff = seconds !== null && Math.abs(seconds) > tolerableSeconds;
  return (
    <Row name={t('health.clock')} isBad={isOff}>
      {seconds === null
        ? waiting
        : isOff
          ? t('health.clock-off', { seconds: Math.abs(seconds) })
          : t('health.clock-ok')}
    </Row>
  );
}

function Seen({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const at = (moment: string | null): string =>
    moment ? format.dateTime(moment) : t('health.never');
  const times = ({
    occurrences,
    lastAt,
  }: {
    occurrences: number;
    lastAt: string | null;
  }): string =>
    occurrences === 0
      ? t('health.none')
      : t('health.times', { count: occurrences, at: at(lastAt) });
  const { unknownNumbers, signatureFailures, delaySeconds } = number;
  return (
    <>
      <Row name={t('health.handshake')}>{at(number.lastHandshakeAt)}</Row>
      <Row name={t('health.last-in')}>{at(number.lastWebhookAt)}</Row>
      <Row name={t('health.last-out')}>{at(number.lastSentAt)}</Row>
      {delaySeconds !== null && (
        <Row name={t('health.delay')}>{t('health.delay-seconds', { seconds: delaySeconds })}</Row>
      )}
      <Row
        name={t('health.signatures')}
        isBad={(signatureFailures.lastAt ?? '') > (number.lastWebhookAt ?? '')}
      >
        {times(signatureFailures)}
      </Row>
      <Row name={t('health.strangers')}>
        {unknownNumbers.occurrences === 0
          ? t('health.none')
          : t('health.strangers-last', {
              count: unknownNumbers.occurrences,
              id: unknownNumbers.lastId,
            })}
      </Row>
      <Row name={t('health.groups')}>{times(number.groupItems)}</Row>
      <Row name={t('health.others')}>{times(number.otherItems)}</Row>
    </>
  );
}
