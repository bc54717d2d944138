import { UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { Badge } from '#platform/web/ui/badge.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import type { RemovalRequest } from '../../../contract.ts';
import type { RequestLink } from '../links.ts';
import { Age, contactTitle, Deadline, StateBadge } from '../request-facts.tsx';

const rowClass = (isCurrent: boolean): string =>
  cx(
    'relative block border-b border-hairline px-4 py-3 hover:bg-hover -outline-offset-2 focus-visible:-outline-offset-2',
    isCurrent &&
      'bg-hover before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent',
  );

/** One request of the list: which, why, since when, until when, whose. Nothing of what it covers. */
export function QueueRow({
  request,
  isCurrent,
  isUnread,
  link,
}: {
  request: RemovalRequest;
  isCurrent: boolean;
  /** Its decision was not read yet. */
  isUnread: boolean;
  link: RequestLink;
}) {
  return link(request.id, {
    className: rowClass(isCurrent),
    isCurrent,
    children: <Row request={request} isUnread={isUnread} />,
  });
}

function Row({ request, isUnread }: { request: RemovalRequest; isUnread: boolean }) {
  const { t } = useTranslation('removals-desk');
  const [first] = request.askers;
  return (
    <>
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">
          {t('number', { number: request.number })}
          {first && ` · ${t(`reasons.${first.reason}`)}`}
        </span>
        <span className="shrink-0 text-meta text-ink-faint tabular-nums">
          <Age request={request} />
        </span>
      </span>
      <span className="mt-0.5 block truncate text-preview text-ink-soft">
        {contactTitle(request.contactName)}
        {request.channel && ` · ${request.channel.name}`}
      </span>
      <span className="mt-0.5 flex items-center gap-1.5 text-meta text-ink-soft">
        <span className="min-w-0 flex-1 truncate">
          <AskedBy request={request} />
        </span>
        <Assignee request={request} />
      </span>
      <span className="mt-1.5 flex min-h-5.5 flex-wrap items-center gap-1.5">
        <StateBadge state={request.state} />
        {isUnread && <Badge tone="accent">{t('own.unread')}</Badge>}
        <Deadline request={request} />
        {request.name && <Badge>{t('name.title')}</Badge>}
        {request.isOwn && <Badge tone="amber">{t('own-message')}</Badge>}
        {request.isAtSight && <Badge>{t('at-sight')}</Badge>}
      </span>
    </>
  );
}

function AskedBy({ request: { askers } }: { request: RemovalRequest }) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const [first, ...others] = askers;
  if (!first) return null;
  if (first.id === memberId && others.length === 0) return t('asked-by-you');
  const name = first.kind === 'system' ? t('system') : first.name;
  return others.length === 0
    ? t('asked-by', { name })
    : t('asked-by-more', { name, count: others.length });
}

function Assignee({ request: { assignee } }: { request: RemovalRequest }) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  if (!assignee) return null;
  return (
    <span className="flex min-w-0 max-w-[45%] shrink-0 items-center gap-1">
      <UserRound aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{t('assignee')}: </span>
      <span className="truncate">{assignee.id === memberId ? t('assign.me') : assignee.name}</span>
    </span>
  );
}
