import { Send } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '#features/accounts/web/index.ts';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { TextArea } from '#platform/web/ui/field.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import type { RemovalComment } from '../../../contract.ts';
import { useCommentRemoval, useRemovalComments } from '../api.ts';

/** What those who asked and those who decide say to each other. */
export function Comments({ requestId }: { requestId: string }) {
  const { t } = useTranslation('removals-desk');
  return (
    <Card title={t('comments.title')} description={t('comments.lead')}>
      <div className="flex flex-col gap-4">
        <Said requestId={requestId} />
        <Say requestId={requestId} />
      </div>
    </Card>
  );
}

function Said({ requestId }: { requestId: string }) {
  const { t } = useTranslation('removals-desk');
  const { data, error, refetch } = useRemovalComments(requestId);
  if (error && !data) {
    return <ErrorState title={t('comments.failed')} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return (
      <Delayed>
        <Skeleton className="h-10 w-2/3" />
      </Delayed>
    );
  }
  if (data.length === 0) return <p className="text-preview text-ink-soft">{t('comments.none')}</p>;
  return (
    <ol aria-label={t('comments.title')} className="flex flex-col gap-3">
      {data.map((comment) => (
        <li key={comment.id}>
          <CommentLine comment={comment} />
        </li>
      ))}
    </ol>
  );
}

function CommentLine({ comment: { author, at, text } }: { comment: RemovalComment }) {
  const { t } = useTranslation('removals-desk');
  const { memberId } = useMe();
  const format = useFormat();
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">
          {author === null
            ? t('comments.team')
            : author.id === memberId
              ? t('comments.you')
              : author.name}
        </span>
        <time dateTime={at} className="text-meta text-ink-faint">
          {format.dateTime(at)}
        </time>
      </p>
      <p className="break-words whitespace-pre-wrap text-ink-soft">{text}</p>
    </>
  );
}

function Say({ requestId }: { requestId: string }) {
  const { t } = useTranslation('removals-desk');
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const comment = useCommentRemoval(requestId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (said === '') field.current?.focus();
    if (said === '' || comment.isPending) return;
    comment.mutate(said, { onSuccess: () => setText('') });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-2">
      <TextArea
        ref={field}
        label={t('comments.label')}
        hint={t('comments.hint')}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ProblemLine error={comment.error} />
      <div>
        <Button
          type="submit"
          size="sm"
          icon={<Send className="size-4" />}
          isBusy={comment.isPending}
        >
          {t('comments.send')}
        </Button>
      </div>
    </form>
  );
}
