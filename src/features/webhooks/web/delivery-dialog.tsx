import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import type { DialogControl } from '#platform/web/ui/confirm-dialog.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Attempt, DeliveryDetail } from '../contract.ts';
import { useDelivery, useResend } from './api.ts';
import { useAttemptWords, useEventName } from './hook-words.ts';
import { StateBadge } from './state-badge.tsx';
import { Waiting } from './waiting.tsx';

const pretty = (body: string): string => JSON.stringify(JSON.parse(body), null, 2);

/** One delivery: its tries, what was sent, and the way to send it again. */
export function DeliveryDialog({ id, open, onOpenChange }: DialogControl & { id: string }) {
  const { t } = useTranslation('webhooks');
  const eventName = useEventName();
  const delivery = useDelivery(id);
  const resend = useResend();
  const { data } = delivery;
  const again = () => {
    if (resend.isPending) return;
    resend.mutate(id, {
      onSuccess: () => {
        onOpenChange(false);
        showToast(t('re-sent'));
      },
    });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="md"
      title={data ? eventName(data.type) : t('log')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('close')}</Button>
          <Button
            variant="primary"
            icon={<RotateCw className="size-4" />}
            isBusy={resend.isPending}
            onClick={again}
          >
            {t('resend')}
          </Button>
        </>
      }
    >
      {delivery.isPending && <Waiting />}
      {!data && delivery.isError && (
        <ErrorState
          title={t('log-failed')}
          error={delivery.error}
          onRetry={() => void delivery.refetch()}
        />
      )}
      {data && <Detail delivery={data} />}
      <ProblemLine error={resend.error} />
    </Dialog>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation('webhooks');
  return (
    <div className="flex flex-col gap-4 py-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateBadge state={delivery.state} />
        <span className="min-w-0 font-mono text-meta break-all text-ink-faint">
          {t('event-id')} {delivery.eventId}
        </span>
      </p>
      <section>
        <h3 className="mb-1 text-body font-medium">{t('tries')}</h3>
        {delivery.attempts.length === 0 && <p className="text-ink-soft">{t('no-tries')}</p>}
        <ol className="divide-y divide-hairline">
          {delivery.attempts.map((attempt) => (
            <Try key={attempt.at} attempt={attempt} />
          ))}
        </ol>
      </section>
      <section>
        <h3 className="mb-1 text-body font-medium">{t('body')}</h3>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and not only by a mouse.
          tabIndex={0}
          className="max-h-72 overflow-auto rounded-control bg-sunken p-3 font-mono text-meta break-all whitespace-pre-wrap"
        >
          {pretty(delivery.body)}
        </pre>
      </section>
    </div>
  );
}

function Try({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation('webhooks');
  const format = useFormat();
  const words = useAttemptWords();
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 py-1.5 text-preview">
      <time dateTime={attempt.at} className="text-ink-soft tabular-nums">
        {format.dateTime(attempt.at)}
      </time>
      <span className="min-w-0 flex-1 break-words">{words(attempt)}</span>
      <span className="text-meta text-ink-faint tabular-nums">
        {t('milliseconds', { ms: attempt.ms })}
      </span>
    </li>
  );
}
