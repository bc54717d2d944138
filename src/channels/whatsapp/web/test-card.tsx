import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '#features/conversations/contract.ts';
import { formatPhone } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { WhatsAppNumber } from '../contract.ts';
import { findOpenConversation, sendTemplate, sendText, useMessage } from './api.ts';
import { isWholePhone } from './same-phone.ts';
import { StepLine, type StepState } from './step-line.tsx';
import { TemplateOffer } from './template-offer.tsx';

/** A message to a phone of one's own, by the way that all messages go: gate, claim, WhatsApp. */
export function TestCard({ number, isGuide }: { number: WhatsAppNumber; isGuide: boolean }) {
  const { t } = useTranslation('channels');
  const [phone, setPhone] = useState('');
  const [fault, setFault] = useState<'invalid-phone' | 'write-first' | null>(null);
  const text = t('test.text');
  const test = useMutation({
    // With a template: to a phone that may never have written.
    mutationFn: async ({ templateId }: { templateId?: string }): Promise<Message | null> => {
      if (templateId !== undefined) return sendTemplate(number.id, phone.trim(), templateId);
      const conversation = await findOpenConversation(number.id, phone);
      return conversation === undefined ? null : sendText(conversation.id, text);
    },
    onSuccess: (message) => setFault(message === null ? 'write-first' : null),
  });
  const send = (what: { templateId?: string }) => {
    if (!isWholePhone(phone)) setFault('invalid-phone');
    else if (!test.isPending) test.mutate(what);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFault(null);
    send({});
  };
  const shown = formatPhone(number.displayNumber);
  return (
    <Card
      title={isGuide ? t('list.step', { step: 3, title: t('test.title') }) : t('test.title')}
      description={t('test.lead', { text })}
    >
      <form noValidate onSubmit={submit} className="flex flex-col gap-3">
        <TextField
          label={t('test.phone')}
          hint={t('test.phone-hint')}
          type="tel"
          autoComplete="tel"
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
          error={fault && t(`test.${fault}`, { number: shown })}
        />
        <ProblemLine error={test.error} />
        <div>
          <Button type="submit" isBusy={test.isPending}>
            {t('test.send')}
          </Button>
        </div>
        {fault === 'write-first' && (
          <TemplateOffer
            channelId={number.id}
            isBusy={test.isPending}
            onSend={({ id }) => send({ templateId: id })}
          />
        )}
        {test.data && <Outcome sent={test.data} />}
      </form>
    </Card>
  );
}

function Outcome({ sent }: { sent: Message }) {
  const { t } = useTranslation('channels');
  const message = useMessage(sent.id).data ?? sent;
  const state = outcomeOf(message.status);
  const icon: Record<typeof state, StepState> = {
    queued: 'waiting',
    sent: 'done',
    delivered: 'done',
    failed: 'trouble',
  };
  return (
    <div role="status" className="border-t border-hairline pt-4">
      <ul>
        <StepLine state={icon[state]}>
          {t(`test.${state}`)}. {state === 'delivered' && t('test.done')}{' '}
          <Link
            to="/conversas/$conversationId"
            params={{ conversationId: message.conversationId }}
            className="text-accent-ink underline underline-offset-2"
          >
            {t('test.open')}
          </Link>
        </StepLine>
      </ul>
    </div>
  );
}

const outcomeOf = (status: Message['status']): 'queued' | 'sent' | 'delivered' | 'failed' => {
  if (status === 'delivered' || status === 'read' || status === 'played') return 'delivered';
  if (status === 'sent') return 'sent';
  return status === 'failed' ? 'failed' : 'queued';
};
