import { Link } from '@tanstack/react-router';
import { Clock3, ShieldBan } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { useNow } from '#platform/web/now.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { CountPill } from '#platform/web/ui/badge.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import type { Conversation, ConversationView } from '../../contract.ts';
import { wantComposer } from '../composer/composer-focus.ts';
import { contactTitle } from '../contact-title.ts';
import { useDraft } from '../data/drafts.ts';
import { isFresh } from '../data/fresh.ts';
import { useRefusedText } from '../data/outgoing.ts';
import { useDurationWords } from '../duration-words.ts';
import { MediaKindIcon } from '../thread/media/kind-icon.tsx';
import { usePreviewText } from '../thread/message-words.ts';
import { StatusTick } from '../thread/status-tick.tsx';

/** From here on the person has waited long enough for the time to turn amber. */
const dueAfter = 10 * 60_000;

export interface ConversationRowProps {
  conversation: Conversation;
  /** Which number of ours it is on; null where there is one alone. */
  numberName: string | null;
  view: ConversationView;
  isSelected: boolean;
  isTabStop: boolean;
}

export const ConversationRow = memo(function ConversationRow({
  conversation,
  numberName,
  view,
  isSelected,
  isTabStop,
}: ConversationRowProps) {
  const { isBlocked, unreadCount } = conversation;
  const isUnread = unreadCount > 0 && !isBlocked && view !== 'block-requested';
  const [isArriving] = useState(() => isFresh(conversation.id));
  return (
    <Link
      to="/conversas/$conversationId"
      params={{ conversationId: conversation.id }}
      search={(before) => before}
      tabIndex={isTabStop ? 0 : -1}
      aria-current={isSelected ? 'page' : undefined}
      data-testid="conversation-row"
      onClick={wantComposer}
      className={cx(
        'group relative flex h-[68px] items-center gap-3 pr-3 pl-4 -outline-offset-2 focus-visible:-outline-offset-2',
        isArriving && 'animate-arrive',
        'hover:bg-hover',
        isSelected &&
          'before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent',
      )}
    >
      <Avatar
        name={conversation.contactName}
        isDimmed={isBlocked}
        {...(isBlocked && { badge: <ShieldBan /> })}
      />
      <div className={cx('min-w-0 flex-1', isBlocked && 'text-ink-faint')}>
        <div className="flex items-baseline gap-2">
          <span
            className={cx(
              'min-w-0 flex-1 truncate text-body',
              isUnread ? 'font-semibold' : 'font-medium',
            )}
          >
            {contactTitle(conversation)}
          </span>
          <RowTime conversation={conversation} isUnread={isUnread} />
        </div>
        <div className={cx('flex h-5 items-center gap-2', numberName === null && 'mt-0.5')}>
          <Preview conversation={conversation} isUnread={isUnread} />
          <RowMarks conversation={conversation} view={view} />
        </div>
        {numberName !== null && <NumberLine name={numberName} />}
      </div>
    </Link>
  );
});

/** The row is as high with it as without. */
function NumberLine({ name }: { name: string }) {
  const { t } = useTranslation('conversations');
  return (
    <p
      title={t('list.on-number', { name })}
      className="truncate text-meta leading-4 text-ink-faint"
    >
      <span className="sr-only">{t('list.on-number', { name: '' })}</span>
      {name}
    </p>
  );
}

function RowTime({ conversation, isUnread }: { conversation: Conversation; isUnread: boolean }) {
  const format = useFormat();
  useNow();
  const at = conversation.lastMessage?.at ?? conversation.lastActivityAt;
  return (
    <time
      dateTime={at}
      className={cx('text-meta', isUnread ? 'font-medium text-accent-ink' : 'text-ink-faint')}
    >
      {format.short(at)}
    </time>
  );
}

function Preview({ conversation, isUnread }: { conversation: Conversation; isUnread: boolean }) {
  const { t } = useTranslation('conversations');
  const draft = useDraft(conversation.id);
  const refused = useRefusedText(conversation.id);
  if ((draft.text !== '' || refused !== null) && !conversation.isBlocked) {
    return (
      <span className="min-w-0 flex-1 truncate text-preview text-ink-soft">
        <span className="text-amber">{t(refused === null ? 'list.draft' : 'list.not-sent')}</span>{' '}
        {refused ?? draft.text}
      </span>
    );
  }
  return (
    <span
      className={cx(
        'flex min-w-0 flex-1 items-center gap-1 text-preview',
        isUnread ? 'text-ink' : conversation.isBlocked ? 'text-ink-faint' : 'text-ink-soft',
      )}
    >
      <LastWords conversation={conversation} />
    </span>
  );
}

/** What came last: a message, or a reaction to one. */
function LastWords({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations');
  const { t: kinds } = useTranslation('kinds');
  const previewText = usePreviewText();
  const { lastMessage: last, lastReaction: reaction } = conversation;
  if (reaction) {
    const words = { emoji: reaction.emoji, what: previewText(reaction.to) };
    return <span className="truncate">{kinds(`reaction.${reaction.direction}`, words)}</span>;
  }
  return (
    <>
      {last?.direction === 'out' && <StatusTick status={last.status} />}
      <MediaKindIcon
        type={last?.type ?? null}
        withheld={last?.withheld ?? (last?.isMediaCovered ? 'covered' : null)}
      />
      <span className="truncate">{last ? previewText(last) : t('list.no-message')}</span>
    </>
  );
}

function RowMarks({ conversation, view }: { conversation: Conversation; view: ConversationView }) {
  const { t } = useTranslation('conversations');
  const { isBlocked, unreadCount, status, assignee } = conversation;
  if (isBlocked) return null;
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      {status === 'resolved' && (
        <span className="text-meta text-ink-faint">{t('list.resolved')}</span>
      )}
      {status === 'open' && view !== 'block-requested' && (
        <Waiting since={conversation.waitingSince} />
      )}
      {view === 'all' && assignee && <AssigneeMark name={assignee.name} />}
      {unreadCount > 0 && view !== 'block-requested' && (
        <CountPill count={unreadCount} label={t('list.unread-count', { count: unreadCount })} />
      )}
    </span>
  );
}

function AssigneeMark({ name }: { name: string }) {
  const { t } = useTranslation('conversations');
  return (
    <span
      title={t('list.assigned-to', { name })}
      className="max-w-20 truncate rounded-small bg-sunken px-1 text-meta text-ink-soft"
    >
      <span className="sr-only">{t('list.assigned-to', { name: '' })}</span>
      {name.split(' ')[0]}
    </span>
  );
}

function Waiting({ since }: { since: string | null }) {
  const { t } = useTranslation('conversations');
  const now = useNow();
  const durationWords = useDurationWords();
  const waited = since ? now - Date.parse(since) : 0;
  if (!since || waited < 60_000) return null;
  const time = durationWords(waited);
  return (
    <span
      className={cx(
        'flex items-center gap-1 text-meta tabular-nums',
        waited >= dueAfter ? 'font-medium text-amber' : 'text-ink-faint',
      )}
    >
      <Clock3 aria-hidden="true" className="size-3" />
      <span aria-hidden="true">{time}</span>
      <span className="sr-only">{t('list.waiting', { time })}</span>
    </span>
  );
}
