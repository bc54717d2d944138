import { ChevronLeft, FileQuestionMark, Lock } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, isGone } from '#platform/web/http.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#platform/web/ui/states.tsx';
import type { RemovalRequest } from '../../../contract.ts';
import { useAcknowledgeRemoval, useRemovalRequest, useReviewsRemovals } from '../api.ts';
import { ReviewPanel } from '../decide/review-panel.tsx';
import type { ConversationLink } from '../links.ts';
import { OwnPanel } from '../own/own-panel.tsx';
import { useUnreadDecisions } from '../own/use-follow-own.ts';
import { isWaiting } from '../request-facts.tsx';
import { Askers } from './askers.tsx';
import { Checklist } from './checklist.tsx';
import { Comments } from './comments.tsx';
import { RequestHead } from './request-head.tsx';

interface RequestViewProps {
  requestId: string;
  onBack: () => void;
  conversationLink: ConversationLink;
}

/** One request, beside its list or instead of it. */
export function RequestView({ requestId, onBack, conversationLink }: RequestViewProps) {
  const { t } = useTranslation('removals-desk');
  const { data, error, refetch } = useRemovalRequest(requestId);
  const view = useRef<HTMLElement>(null);
  // Where the list makes way, the row that was pressed is gone, and the focus with it.
  useEffect(() => {
    if (!matchMedia('(min-width: 1280px)').matches) view.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section
      ref={view}
      tabIndex={-1}
      aria-label={data ? t('number', { number: data.number }) : t('title')}
      className="min-w-0 flex-1 overflow-y-auto bg-paper outline-none"
    >
      <div className="mx-auto w-full max-w-[760px] px-6 pt-5 pb-10 max-md:px-4 max-md:pt-3">
        <Button
          size="sm"
          variant="quiet"
          className="mb-2 -ml-2 xl:hidden"
          icon={<ChevronLeft className="size-4" />}
          onClick={onBack}
        >
          {t('back')}
        </Button>
        {data && <Loaded request={data} conversationLink={conversationLink} />}
        {!data && error && (
          <NotShown error={error} onBack={onBack} onRetry={() => void refetch()} />
        )}
        {!data && !error && <Loading />}
      </div>
    </section>
  );
}

function Loaded({
  request,
  conversationLink,
}: {
  request: RemovalRequest;
  conversationLink: ConversationLink;
}) {
  const reviews = useReviewsRemovals();
  useAcknowledgement(request);
  return (
    <>
      <RequestHead request={request} conversationLink={conversationLink} />
      <Askers request={request} />
      <Checklist request={request} />
      {reviews ? <ReviewPanel request={request} /> : <OwnPanel request={request} />}
      <Comments requestId={request.id} />
    </>
  );
}

/** Whoever asked has read what was decided once it is on their screen. */
function useAcknowledgement(request: RemovalRequest): void {
  const { mutate } = useAcknowledgeRemoval();
  const done = useRef(false);
  const isUnread = useUnreadDecisions().has(request.id);
  const isToRead = isUnread && !isWaiting(request.state);
  useEffect(() => {
    if (!isToRead || done.current) return;
    done.current = true;
    mutate(request.id);
  }, [isToRead, mutate, request.id]);
}

function NotShown({
  error,
  onBack,
  onRetry,
}: {
  error: unknown;
  onBack: () => void;
  onRetry: () => void;
}) {
  const { t } = useTranslation('removals-desk');
  const status = error instanceof ApiProblem ? error.status : 0;
  const back = <Button onClick={onBack}>{t('back')}</Button>;
  if (isGone(error)) {
    return (
      <EmptyState
        icon={<FileQuestionMark />}
        title={t('not-found')}
        hint={t('not-found-hint')}
        action={back}
      />
    );
  }
  if (status === 403) {
    return (
      <EmptyState icon={<Lock />} title={t('forbidden')} hint={t('forbidden-hint')} action={back} />
    );
  }
  return <ErrorState title={t('failed')} error={error} onRetry={onRetry} />;
}

const Loading = () => (
  <Delayed>
    <div className="flex flex-col gap-4">
      <Skeleton className="h-7 w-72 max-w-full" />
      <Skeleton className="h-28 w-full rounded-card" />
      <Skeleton className="h-48 w-full rounded-card" />
    </div>
  </Delayed>
);
