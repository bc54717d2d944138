import { ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import type { BlockRequest } from '../../requests/contract.ts';
import { useCanAsk, useDecidesRequests } from '../can-block.ts';
import { useAcknowledgeRequest, useOpenRequestOf, useOwnRequests } from './api.ts';

interface RequestBarProps {
  contactId: string;
  isBlockRequested: boolean;
  /** The way to the queue; the page knows it, the gate does not. */
  toQueue: ReactNode;
}

/** Above the composer: that a block was asked for, or what came of it. Quiet, like the bar of a blocked contact. */
export function RequestBar({ contactId, isBlockRequested, toQueue }: RequestBarProps) {
  const decides = useDecidesRequests();
  const own = useOwnRequests(useCanAsk()).data?.filter((each) => each.contactId === contactId);
  const answered = own?.find((request) => request.state !== 'open');
  const asked = own?.find((request) => request.state === 'open');
  if (answered && !isBlockRequested) return <Answered request={answered} />;
  if (!isBlockRequested) return null;
  if (decides) return <ToDecide contactId={contactId} toQueue={toQueue} />;
  return asked ? <Sent request={asked} /> : <Waiting />;
}

function Bar({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const { t } = useTranslation('requests');
  return (
    <div className="px-4 pb-2 max-md:px-2">
      <section
        aria-label={t('state')}
        className="mx-auto grid max-w-[752px] grid-cols-[auto_1fr_auto] gap-x-3 rounded-card border border-hairline bg-sunken px-4 py-2.5"
      >
        <span aria-hidden="true" className="mt-px text-ink-soft">
          {icon}
        </span>
        <div className="min-w-0 self-center">
          <p role="status" className="text-body font-medium text-ink">
            {title}
          </p>
          {children && <div className="text-meta break-words text-ink-soft">{children}</div>}
        </div>
        {action}
      </section>
    </div>
  );
}

function Sent({ request }: { request: BlockRequest }) {
  const { t } = useTranslation('requests');
  const format = useFormat();
  const [mine] = request.askers;
  return (
    <Bar icon={<ShieldQuestionMark />} title={t('sent')}>
      {mine && <p>{t('sent-at', { at: format.dateTime(mine.askedAt) })}</p>}
      <p>{t('sent-hint')}</p>
    </Bar>
  );
}

function Waiting() {
  const { t } = useTranslation('requests');
  return <Bar icon={<ShieldQuestionMark />} title={t('waiting')} />;
}

function ToDecide({ contactId, toQueue }: { contactId: string; toQueue: ReactNode }) {
  const { t } = useTranslation('requests');
  const { t: gate } = useTranslation('gate');
  const { data } = useOpenRequestOf(contactId, true);
  return (
    <Bar icon={<ShieldQuestionMark />} title={t('to-decide')} action={toQueue}>
      <p className="min-h-[17px]">
        {data?.askers
          .map(({ name, reason }) => `${name}: ${gate(`reasons.${reason}`)}`)
          .join(' · ')}
      </p>
    </Bar>
  );
}

function Answered({ request }: { request: BlockRequest }) {
  const { t } = useTranslation('requests');
  const acknowledge = useAcknowledgeRequest();
  const { state, answer, id } = request;
  return (
    <Bar
      icon={<ShieldCheck />}
      title={t(state === 'approved' ? 'approved' : 'refused')}
      action={
        <Button size="sm" isBusy={acknowledge.isPending} onClick={() => acknowledge.mutate(id)}>
          {t('understood')}
        </Button>
      }
    >
      {answer && <p className="whitespace-pre-wrap">{answer}</p>}
    </Bar>
  );
}
