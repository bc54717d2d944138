import { useMutation } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, api, isRefused } from '#platform/web/http.ts';
import { randomId } from '#platform/web/random-id.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { TextField } from '#platform/web/ui/field.tsx';
import { Problem } from '#platform/web/ui/problem.tsx';
import { ErrorState, MoreFailed, ProblemLine } from '#platform/web/ui/states.tsx';
import { showToast } from '#platform/web/ui/toast.tsx';
import type { Message } from '../../contract.ts';
import { MediaKindIcon } from '../thread/media/kind-icon.tsx';
import { usePreviewText } from '../thread/message-words.ts';
import { type ForwardResult, ForwardResults } from './forward-results.tsx';
import { type ForwardTarget, judgeTargets, targetKey } from './forward-targets.ts';
import { TargetList } from './target-list.tsx';
import { useForwardTargets } from './use-forward-targets.ts';

const maxTargets = 20;

interface ForwardDialogProps {
  message: Message;
  onClose: () => void;
}

/** Chooses where a message goes as well. Blocked targets stay in sight, disabled, and are counted aloud. */
export function ForwardDialog({ message, onClose }: ForwardDialogProps) {
  const { t } = useTranslation('conversations');
  const search = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const clear = () => {
    setTyped('');
    search.current?.focus();
  };
  const found = useForwardTargets(typed);
  const { chosen, toggle } = useChosen();
  const forward = useForward(message, chosen, onClose);
  const { sendable, blockedCount } = judgeTargets(chosen, found.targets, found.isSearching);
  if (forward.data) {
    return <ForwardResults results={forward.data} targets={chosen} onClose={onClose} />;
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('forward.title')}
      description={<Quote message={message} />}
      size="md"
      initialFocus={search}
      onSubmit={() => forward.send(sendable)}
      footer={
        <Footer
          blocked={blockedCount}
          chosen={sendable.length}
          isBusy={forward.isPending}
          onClose={onClose}
        />
      }
    >
      <TextField
        ref={search}
        type="search"
        isLabelHidden
        label={t('forward.search')}
        placeholder={t('forward.search')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        // Enter in the search sends nothing by accident.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <Targets
        found={found}
        chosen={chosen}
        isLocked={forward.isPending || forward.isUnsure}
        onToggle={toggle}
        onClear={typed === '' ? undefined : clear}
      />
      {forward.isUnsure ? (
        <Problem>{t('forward.unsure')}</Problem>
      ) : (
        <ProblemLine error={forward.error} />
      )}
    </Dialog>
  );
}

function useChosen() {
  const [chosen, setChosen] = useState<readonly ForwardTarget[]>([]);
  const toggle = (target: ForwardTarget) =>
    setChosen((before) => {
      const rest = before.filter((each) => targetKey(each) !== targetKey(target));
      if (rest.length < before.length) return rest;
      return before.length < maxTargets ? [...before, target] : before;
    });
  return { chosen, toggle };
}

function Targets({
  found,
  chosen,
  isLocked,
  onToggle,
  onClear,
}: {
  found: ReturnType<typeof useForwardTargets>;
  chosen: readonly ForwardTarget[];
  /** It is not known what became of these: the same are sent again. */
  isLocked: boolean;
  onToggle: (target: ForwardTarget) => void;
  onClear: (() => void) | undefined;
}) {
  const { t } = useTranslation('conversations');
  const { targets, list } = found;
  const hasMoreFailed = list.isFetchNextPageError && !list.isFetchingNextPage;
  const isFull = chosen.length >= maxTargets;
  return (
    <>
      <div className="mt-2 h-80">
        {list.error && !list.data ? (
          <ErrorState
            title={t('forward.failed')}
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        ) : (
          <TargetList
            targets={targets}
            isPending={list.isPending}
            chosenKeys={new Set(chosen.map(targetKey))}
            isFull={isFull}
            isLocked={isLocked}
            onToggle={onToggle}
            onClear={onClear}
            onNearEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage && !hasMoreFailed) {
                void list.fetchNextPage();
              }
            }}
          />
        )}
      </div>
      {hasMoreFailed && <MoreFailed onRetry={() => void list.fetchNextPage()} />}
      {isFull && (
        <p className="pt-1 text-meta text-ink-faint">{t('forward.limit', { max: maxTargets })}</p>
      )}
    </>
  );
}

function Footer({
  blocked,
  chosen,
  isBusy,
  onClose,
}: {
  blocked: number;
  chosen: number;
  isBusy: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('conversations');
  const { t: common } = useTranslation('platform');
  return (
    <>
      <BlockedCount count={blocked} />
      <Button onClick={onClose}>{common('cancel')}</Button>
      <Button type="submit" variant="primary" isBusy={isBusy} disabled={chosen === 0}>
        {chosen > 0 ? t('forward.send-count', { count: chosen }) : t('forward.send')}
      </Button>
    </>
  );
}

interface Confirmed {
  targets: readonly ForwardTarget[];
  key: string;
}

/** One confirmation is one key: whatever has to be repeated of it leaves once. */
function useForward(message: Message, chosen: readonly ForwardTarget[], onClose: () => void) {
  const { t } = useTranslation('conversations');
  const { mutate, data, error, variables, isPending } = useMutation({
    mutationFn: async ({ targets, key }: Confirmed): Promise<ForwardResult[] | null> => {
      const conversationIds = targets.flatMap((target) => target.conversationId ?? []);
      const { results } = await api.post<{ results: ForwardResult[] }>(
        `/api/v1/messages/${message.id}/forward`,
        { conversationIds },
        { headers: { 'idempotency-key': key } },
      );
      const isWhole =
        results.every((result) => result.status === 'queued') && targets.length === chosen.length;
      if (!isWhole) return results;
      onClose();
      showToast(t('forward.done', { count: results.length }));
      return null;
    },
  });
  const isUnsure = error !== null && !(error instanceof ApiProblem && isRefused(error));
  const send = (targets: readonly ForwardTarget[]) => {
    if (isUnsure && variables) mutate(variables);
    else if (targets.length > 0) mutate({ targets, key: randomId() });
  };
  return { send, data, error, isPending, isUnsure };
}

function Quote({ message }: { message: Message }) {
  const previewText = usePreviewText();
  return (
    <span className="flex items-start gap-1.5 border-l-[3px] border-accent pl-2.5">
      <MediaKindIcon type={message.type} className="mt-0.5 [&_svg]:size-4" />
      <span className="line-clamp-2 min-w-0">{previewText(message)}</span>
    </span>
  );
}

function BlockedCount({ count }: { count: number }) {
  const { t } = useTranslation('conversations');
  return (
    <p
      aria-live="polite"
      className="mr-auto flex min-w-0 flex-1 items-start gap-1.5 text-preview text-ink-soft"
    >
      {count > 0 && (
        <>
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4" />
          <span>{t('forward.blocked-count', { count })}</span>
        </>
      )}
    </p>
  );
}
