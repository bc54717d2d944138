import { Clock3 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { useNow } from '#platform/web/now.ts';
import { formatPhone, personTitle } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { Badge } from '#platform/web/ui/badge.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import type { BlockRequest } from '../../requests/contract.ts';
import type { QueueParts } from './queue-parts.ts';

interface RequestCardProps extends QueueParts {
  request: BlockRequest;
  onApprove: () => void;
  onRefuse: () => void;
}

/** One request: the person, those who ask, what was written, and the two ways to decide. */
export function RequestCard({
  request,
  contactLink,
  messages,
  onApprove,
  onRefuse,
}: RequestCardProps) {
  const { t } = useTranslation('request-desk');
  const { t: gate } = useTranslation('gate');
  const { contactName: name, contactPhone: phone } = request;
  return (
    <article aria-label={name} className="rounded-card border border-hairline bg-raised p-4">
      <div className="flex flex-wrap items-start gap-3">
        <Avatar name={name} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            {contactLink(request.contactId, personTitle(name, phone))}
          </p>
          <p className="truncate text-meta text-ink-soft tabular-nums">
            {phone ? formatPhone(phone) : gate('list.number-hidden')}
          </p>
        </div>
        <span className="max-md:basis-full">
          {request.state === 'open' ? (
            <Waited request={request} />
          ) : (
            <Badge>{t(`decided.${request.state}`)}</Badge>
          )}
        </span>
      </div>
      <Askers request={request} />
      {request.messageIds.length > 0 && <Messages request={request} messages={messages} />}
      {request.state === 'open' ? (
        <div className="mt-4 flex flex-wrap justify-end gap-2">
          <Button onClick={onRefuse}>{t('refuse.action')}</Button>
          <Button onClick={onApprove}>{t('approve.action')}</Button>
        </div>
      ) : (
        <Decision request={request} />
      )}
    </article>
  );
}

/** Who decided, when, and the word back. */
function Decision({ request: { decidedAt, decidedBy, answer } }: { request: BlockRequest }) {
  const { t } = useTranslation('request-desk');
  const format = useFormat();
  const at = decidedAt === null ? '' : format.dateTime(decidedAt);
  return (
    <div className="mt-3 border-t border-hairline pt-3 text-preview text-ink-soft">
      <p className="tabular-nums">
        {decidedBy ? t('decided.by', { name: decidedBy.name, at }) : t('decided.at', { at })}
      </p>
      {answer && <p className="mt-0.5 break-words whitespace-pre-wrap text-ink">{answer}</p>}
    </div>
  );
}

const hour = 3_600_000;

/** Since when it waits; once it has waited too long, in amber and in words. */
function Waited({ request }: { request: BlockRequest }) {
  const { t } = useTranslation('request-desk');
  const now = useNow();
  const hours = Math.floor((now - Date.parse(request.openedAt)) / hour);
  const isLate = request.broughtUpCount > 0 || Date.parse(request.dueAt) <= now;
  const time =
    hours < 1
      ? t('waited.less')
      : hours < 48
        ? t('waited.hours', { count: hours })
        : t('waited.days', { count: Math.floor(hours / 24) });
  if (!isLate)
    return <span className="text-meta text-ink-soft">{t('waited.since', { time })}</span>;
  return (
    <Badge tone="amber" icon={<Clock3 aria-hidden="true" />}>
      {t('waited.unanswered', { time })}
    </Badge>
  );
}

function Askers({ request }: { request: BlockRequest }) {
  const { t } = useTranslation('request-desk');
  const { t: gate } = useTranslation('gate');
  const format = useFormat();
  return (
    <ul aria-label={t('queue.askers')} className="mt-3 flex flex-col gap-2">
      {request.askers.map(({ id, name, reason, note, askedAt }) => (
        <li key={id}>
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{gate(`reasons.${reason}`)}</span>
            <span className="text-preview text-ink-soft">
              {t('queue.asked-by', { name, at: format.dateTime(askedAt) })}
            </span>
          </p>
          {note && (
            <p className="mt-0.5 text-preview break-words whitespace-pre-wrap text-ink-soft">
              {note}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Read only when somebody wants to read them: not every decision needs them. */
function Messages({ request, messages }: Pick<RequestCardProps, 'request' | 'messages'>) {
  const { t } = useTranslation('request-desk');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="mt-3">
      <button
        type="button"
        aria-expanded={isOpen}
        className="rounded-small text-preview text-accent-ink underline underline-offset-2"
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen
          ? t('queue.hide-messages')
          : t('queue.show-messages', { count: request.messageIds.length })}
      </button>
      {isOpen && <div className="mt-2 rounded-card bg-paper px-3 pb-3">{messages(request)}</div>}
    </div>
  );
}
