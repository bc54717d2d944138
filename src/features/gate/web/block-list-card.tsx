import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { HelpLink } from '#platform/web/ui/help-link.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import { Switch } from '#platform/web/ui/switch.tsx';
import type { BlockList } from '../contract.ts';
import { DifferenceList } from './difference-list.tsx';
import { useBlockList, useCheckBlockList, useSetBlockList } from './upstream-api.ts';
import { useCodeWords } from './upstream-words.ts';

const idleMs = 10_000;
const busyMs = 1_500;

/** WhatsApp's own list of one number: the switch, how it was last checked, and what differs. */
export function BlockListCard({ channelId }: { channelId: string }) {
  const { t } = useTranslation('upstream');
  const [everyMs, setEveryMs] = useState(idleMs);
  const list = useBlockList(channelId, everyMs);
  const isBusy = list.data !== undefined && (list.data.isChecking || list.data.removing > 0);
  const wantedMs = isBusy ? busyMs : idleMs;
  if (wantedMs !== everyMs) setEveryMs(wantedMs);
  return (
    <Card title={t('list.title')} description={t('list.lead')}>
      {list.data && <Parts channelId={channelId} list={list.data} />}
      {!list.data && list.isError && (
        <ErrorState
          title={t('list.failed')}
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {!list.data && list.isPending && (
        <Delayed>
          <Skeleton className="h-24 w-full" />
        </Delayed>
      )}
    </Card>
  );
}

function Parts({ channelId, list }: { channelId: string; list: BlockList }) {
  const { t } = useTranslation('upstream');
  const set = useSetBlockList(channelId);
  const check = useCheckBlockList(channelId);
  return (
    <div className="flex flex-col gap-4">
      <Switch
        label={t('list.switch')}
        hint={t('list.switch-hint')}
        checked={set.isPending ? set.variables : list.isOn}
        onChange={(isOn) => set.mutate(isOn)}
      />
      <ProblemLine error={set.error ?? check.error} />
      {list.isOn && (
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-hairline pt-4">
          <Checked list={list} />
          <Button
            size="sm"
            icon={<RotateCw className="size-4" />}
            isBusy={check.isPending || list.isChecking}
            onClick={() => check.mutate(undefined)}
          >
            {t('list.check')}
          </Button>
        </div>
      )}
      <HelpLink to="bloquear-contato#a-lista-do-proprio-whatsapp" />
      <DifferenceList channelId={channelId} side="there" count={list.onlyThere} />
      {list.isOn && <DifferenceList channelId={channelId} side="here" count={list.onlyHere} />}
    </div>
  );
}

function Checked({ list }: { list: BlockList }) {
  const { t } = useTranslation('upstream');
  const format = useFormat();
  const codeWords = useCodeWords();
  const hasFailed = list.failedAt !== null && list.failedAt > (list.checkedAt ?? '');
  return (
    <div role="status" className="min-w-0 text-preview text-ink-soft tabular-nums">
      <p>
        {list.isChecking
          ? t('list.checking')
          : list.checkedAt
            ? t('list.checked', { at: format.dateTime(list.checkedAt) })
            : t('list.never')}{' '}
        {t('list.applied', { count: list.applied })}
      </p>
      {hasFailed && !list.isChecking && (
        <p className="mt-1 text-amber">
          {t('list.check-failed', {
            at: format.dateTime(list.failedAt ?? ''),
            why: codeWords(list.failure ?? 'no-answer'),
          })}
        </p>
      )}
    </div>
  );
}
