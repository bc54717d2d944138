import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { formatPhone } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { CopyField } from '#platform/web/ui/copy-field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { WhatsAppNumber } from '../contract.ts';
import { subscribedFields } from '../webhook-fields.ts';
import { useNumbers, useSubscribe, useUpdate } from './api.ts';
import { freshToken, newVerifyToken } from './number-state.ts';
import { StepLine } from './step-line.tsx';
import { WarningLine } from './warning-line.tsx';

/** The address for Meta, and what has come of it so far. */
export function WebhookCard({ number, isGuide }: { number: WhatsAppNumber; isGuide: boolean }) {
  const { t } = useTranslation('channels');
  const webhook = useNumbers().data?.webhook;
  const words = { copy: t('webhook.copy'), copied: t('webhook.copied') };
  return (
    <Card
      title={isGuide ? t('list.step', { step: 2, title: t('webhook.title') }) : t('webhook.title')}
      description={t('webhook.lead')}
    >
      <div className="flex flex-col gap-4">
        {webhook && <CopyField label={t('webhook.url')} value={webhook.url} words={words} />}
        {webhook?.problem && <WarningLine>{t(`webhook.${webhook.problem}`)}</WarningLine>}
        <VerifyToken id={number.id} words={words} />
        <Fields />
        {isGuide && <Progress number={number} />}
      </div>
    </Card>
  );
}

/** Drawn from the list that the parser reads: what is read is what is asked for. */
function Fields() {
  const { t } = useTranslation('channels');
  return (
    <section aria-labelledby="webhook-fields">
      <h4 id="webhook-fields" className="text-preview font-medium">
        {t('webhook.fields')}
      </h4>
      <p className="mt-0.5 text-meta text-ink-soft">{t('webhook.fields-lead')}</p>
      <ul className="mt-2 flex flex-wrap gap-1.5">
        {subscribedFields.map((field) => (
          <li key={field} className="rounded-control bg-sunken px-2 py-0.5 font-mono text-meta">
            {field}
          </li>
        ))}
      </ul>
    </section>
  );
}

function VerifyToken({ id, words }: { id: string; words: { copy: string; copied: string } }) {
  const { t } = useTranslation('channels');
  const update = useUpdate(id);
  const known = freshToken.of(id);
  if (known !== undefined) {
    return (
      <div>
        <CopyField label={t('webhook.token')} value={known} words={words} />
        <p className="mt-1.5 text-meta text-ink-faint">{t('webhook.token-once')}</p>
      </div>
    );
  }
  const renew = () => {
    const verifyToken = newVerifyToken();
    update.mutate({ verifyToken }, { onSuccess: () => freshToken.keep(id, verifyToken) });
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-preview text-ink-soft">{t('webhook.token-hidden')}</p>
      <Button size="sm" isBusy={update.isPending} onClick={renew}>
        {t('webhook.token-renew')}
      </Button>
      <ProblemLine error={update.error} />
    </div>
  );
}

function Progress({ number }: { number: WhatsAppNumber }) {
  const { t } = useTranslation('channels');
  const format = useFormat();
  const { lastHandshakeAt, lastWebhookAt, signatureFailures } = number;
  const isSignatureWrong =
    signatureFailures.lastAt !== null && signatureFailures.lastAt > (lastWebhookAt ?? '');
  return (
    <div role="status" className="border-t border-hairline pt-4">
      <ol className="flex flex-col gap-2.5">
        <Subscription id={number.id} />
        <StepLine state={lastHandshakeAt ? 'done' : 'waiting'}>
          {lastHandshakeAt
            ? t('webhook.handshake', { time: format.time(lastHandshakeAt) })
            : t('webhook.handshake-waiting')}
        </StepLine>
        {isSignatureWrong && (
          <StepLine state="trouble">
            {t('webhook.signature-failed', { time: format.time(signatureFailures.lastAt ?? '') })}
          </StepLine>
        )}
        <StepLine state={lastWebhookAt ? 'done' : 'waiting'}>
          {lastWebhookAt
            ? t('webhook.first', { time: format.time(lastWebhookAt) })
            : t('webhook.first-waiting', { number: formatPhone(number.displayNumber) })}
          {lastHandshakeAt && !lastWebhookAt && (
            <span className="block text-meta text-ink-faint">{t('webhook.no-first')}</span>
          )}
        </StepLine>
      </ol>
    </div>
  );
}

/** Without it no webhook comes, and nobody would think of it: asked for as soon as the number is connected. */
function Subscription({ id }: { id: string }) {
  const { t } = useTranslation('channels');
  const { mutate, isSuccess, isError } = useSubscribe(id);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (wasAsked.current) return;
    wasAsked.current = true;
    mutate(undefined);
  }, [mutate]);
  if (isSuccess) return <StepLine state="done">{t('webhook.subscribed')}</StepLine>;
  if (!isError) return <StepLine state="waiting">{t('webhook.subscribing')}</StepLine>;
  return (
    <StepLine state="trouble">
      {t('webhook.subscribe-failed')}{' '}
      <Button size="sm" variant="quiet" onClick={() => mutate(undefined)}>
        {t('webhook.retry')}
      </Button>
    </StepLine>
  );
}
