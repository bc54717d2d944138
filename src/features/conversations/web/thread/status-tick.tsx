import { Check, CheckCheck, CircleAlert, CircleQuestionMark, Clock3 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageStatus } from '../../contract.ts';

const icon = 'size-3.5';

const ticks: Record<Exclude<MessageStatus, 'received'>, ReactElement> = {
  queued: <Clock3 className={icon} />,
  sending: <Clock3 className={icon} />,
  sent: <Check className={icon} />,
  delivered: <CheckCheck className={icon} />,
  read: <CheckCheck className={`${icon} text-accent-ink`} />,
  played: <CheckCheck className={`${icon} text-accent-ink`} />,
  failed: <CircleAlert className={icon} />,
  unknown: <CircleQuestionMark className={icon} />,
};

/** How far a message of ours has come: a tick for the eye, a word for the reader. */
export function StatusTick({
  status,
  isWaiting = false,
}: {
  status: MessageStatus;
  isWaiting?: boolean;
}) {
  const { t } = useTranslation('conversations');
  if (status === 'received') return null;
  const words = t(isWaiting ? 'status.waiting' : `status.${status}`);
  return (
    <span className="inline-flex shrink-0 [&_svg]:stroke-2" title={words} data-status={status}>
      <span aria-hidden="true" className="inline-flex">
        {ticks[status]}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
