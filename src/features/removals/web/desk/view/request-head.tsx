import { Hand, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { useProblemText } from '#platform/web/i18n/problem-text.ts';
import { Badge } from '#platform/web/ui/badge.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { useAssignRemoval, useReviewsRemovals } from '../api.ts';
import { isFocusLost } from '../focus-lost.ts';
import type { ConversationLink } from '../links.ts';
import { contactTitle, Deadline, isWaiting, StateBadge } from '../request-facts.tsx';

/** Which request it is, how it stands, and whose it is. */
export function RequestHead({
  request,
  conversationLink,
}: {
  request: RemovalRequest;
  conversationLink: ConversationLink;
}) {
  const { t } = useTranslation('removals-desk');
  const reviews = useReviewsRemovals();
  const heading = useHeadingAfter(request);
  return (
    <header>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <h2
          ref={heading}
          tabIndex={-1}
          data-request-heading
          className="min-w-0 text-page font-semibold tracking-[-0.01em] outline-none"
        >
          {t('heading', { number: request.number })}
        </h2>
        {reviews && isWaiting(request.state) && <Assign request={request} />}
      </div>
      <p className="mt-1.5 flex min-h-5.5 flex-wrap items-center gap-1.5">
        <StateBadge state={request.state} />
        <Deadline request={request} />
        {request.isOwn && <Badge tone="amber">{t('own-message')}</Badge>}
        {request.isAtSight && <Badge>{t('at-sight')}</Badge>}
        {request.needsTwo && <Badge>{t('two.badge')}</Badge>}
      </p>
      <Facts request={request} conversationLink={conversationLink} />
    </header>
  );
}

/** What is decided takes along what was pressed; the focus goes to the heading, below which everything stands as it is by now. */
function useHeadingAfter({ id, state, items, name }: RemovalRequest) {
  const heading = useRef<HTMLHeadingElement>(null);
  const stands = [id, state, name?.state, ...items.map((item) => item.state)].join();
  const before = useRef(stands);
  useEffect(() => {
    const isSame = before.current === stands;
    before.current = stands;
    if (!isSame && isFocusLost()) heading.current?.focus({ preventScroll: true });
  }, [stands]);
  return heading;
}

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-meta text-ink-faint">{label}</dt>
    <dd className="truncate tabular-nums">{children}</dd>
  </div>
);

function Facts({
  request,
  conversationLink,
}: {
  request: RemovalRequest;
  conversationLink: ConversationLink;
}) {
  const { t } = useTranslation('removals-desk');
  const format = useFormat();
  const reviews = useReviewsRemovals();
  const { channel, openedAt, dueAt, decidedAt, assignee } = request;
  return (
    <dl className="mt-4 grid grid-cols-3 gap-x-4 gap-y-3 max-md:grid-cols-2">
      <Fact label={t('facts.contact')}>
        {conversationLink(request, contactTitle(request.contactName))}
      </Fact>
      <Fact label={t('facts.channel')}>{channel?.name ?? t('facts.no-channel')}</Fact>
      {/* Nobody who only asked is told whose it is. */}
      {reviews && <Fact label={t('assignee')}>{assignee?.name ?? t('assign.nobody')}</Fact>}
      <Fact label={t('facts.opened')}>{format.dateTime(openedAt)}</Fact>
      {decidedAt === null ? (
        <Fact label={t('facts.due')}>{format.dateTime(dueAt)}</Fact>
      ) : (
        <Fact label={t('facts.decided')}>{format.dateTime(decidedAt)}</Fact>
      )}
      {request.name ? (
        <Fact label={t('name.fact')}>{t('name.title')}</Fact>
      ) : (
        <Fact label={t('facts.messages')}>{format.number(request.items.length)}</Fact>
      )}
    </dl>
  );
}

/** Taken by one, so that two do not look at the same thing for nothing. */
function Assign({ request }: { request: RemovalRequest }) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const problemText = useProblemText();
  const assign = useAssignRemoval(request.id);
  const isMine = request.assignee !== null && request.assignee.id === memberId;
  const set = (assigneeId: string | null) =>
    assign.mutate(assigneeId, {
      onSuccess: () =>
        showToast(t(assigneeId === null ? 'assign.given-back' : 'assign.taken'), {
          milliseconds: 3000,
        }),
      onError: (error) => showToast(problemText(error).text),
    });
  return isMine ? (
    <Button icon={<Undo2 />} isBusy={assign.isPending} onClick={() => set(null)}>
      {t('assign.give-back')}
    </Button>
  ) : (
    <Button icon={<Hand />} isBusy={assign.isPending} onClick={() => set(memberId)}>
      {t('assign.take')}
    </Button>
  );
}
