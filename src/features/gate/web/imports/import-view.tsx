import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { ChoiceChips } from '#platform/web/ui/choices.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, ProblemLine } from '#platform/web/ui/states.tsx';
import {
  type BlockImport,
  type RowPlan,
  type RowResult,
  rowPlans,
  rowResults,
} from '../../imports/contract.ts';
import { useImport, useRunImport } from './api.ts';
import { Bar } from './bar.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { FileLine } from './file-line.tsx';
import { RowsList } from './rows-list.tsx';
import { UndoPart } from './undo-part.tsx';
import { UndoProgress } from './undo-progress.tsx';

/** One import from its preview to its result; it follows by itself. */
export function ImportView({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { t } = useTranslation('block-lists');
  const found = useImport(id);
  const { data } = found;
  if (!data && found.isError) {
    return (
      <Card>
        <ErrorState
          title={t('load-failed')}
          error={found.error}
          onRetry={() => void found.refetch()}
        />
      </Card>
    );
  }
  if (!data) {
    return (
      <Delayed>
        <Skeleton className="h-64 w-full rounded-card" />
      </Delayed>
    );
  }
  if (data.state === 'ready') return <Preview of={data} onLeave={onLeave} />;
  if (data.state === 'applying') return <Progress of={data} isStale={found.isError} />;
  if (data.undo?.state === 'running') return <UndoProgress of={data} isStale={found.isError} />;
  return <Ended of={data} onLeave={onLeave} />;
}

function Preview({ of, onLeave }: { of: BlockImport; onLeave: () => void }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  const apply = useRunImport('apply');
  const cancel = useRunImport('cancel');
  const [plan, setPlan] = useState<RowPlan | 'all'>('all');
  const { planned } = of;
  const count = planned['new-contact'] + planned['known-contact'] + planned.edit;
  const options = rowPlans.filter((name) => planned[name] > 0);
  return (
    <Card title={t('preview.title')} description={<FileLine of={of} />}>
      <ChoiceChips<RowPlan | 'all'>
        legend={t('preview.filter')}
        value={plan}
        onChange={setPlan}
        options={[
          { value: 'all', label: `${t('preview.all')} ${format.number(of.rows)}` },
          ...options.map((value) => ({
            value,
            label: `${t(`plan.${value}`)} ${format.number(planned[value])}`,
          })),
        ]}
      />
      <div className="mt-5 flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          variant="primary"
          disabled={count === 0}
          isBusy={apply.isPending}
          onClick={() => apply.mutate(of.id)}
        >
          {t(count === 0 ? 'preview.start_zero' : 'preview.start', {
            count,
            n: format.number(count),
          })}
        </Button>
        <Button
          isBusy={cancel.isPending}
          onClick={() => cancel.mutate(of.id, { onSuccess: onLeave })}
        >
          {t('preview.discard')}
        </Button>
        {planned.error > 0 && (
          <p className="text-preview text-ink-soft">
            {t('preview.errors', { count: planned.error, n: format.number(planned.error) })}
          </p>
        )}
      </div>
      <div className="mt-2">
        <ProblemLine error={apply.error ?? cancel.error} />
      </div>
      <div className="mt-3">
        <RowsList of={of} filter={plan === 'all' ? {} : { plan }} />
      </div>
    </Card>
  );
}

const doneOf = ({ done }: BlockImport): number =>
  done.blocked + done.edited + done.unchanged + done.duplicate + done.error;

function Progress({ of, isStale }: { of: BlockImport; isStale: boolean }) {
  const { t } = useTranslation(['block-lists', 'platform']);
  const format = useFormat();
  const [isAsking, setIsAsking] = useState(false);
  const all = of.rows - of.planned.error - of.planned.duplicate;
  const done = Math.min(all, doneOf(of));
  const text = t('progress.done', { done: format.number(done), all: format.number(all) });
  return (
    <Card title={t('progress.title')} description={<FileLine of={of} />}>
      <Bar label={text} share={all === 0 ? 1 : done / all} />
      <p role="status" className="mt-2 text-body tabular-nums">
        {text}
      </p>
      <p className="mt-1 text-preview text-ink-soft">
        {isStale ? t('platform:problem.network') : t('progress.leave')}
      </p>
      <div className="mt-5">
        <Button onClick={() => setIsAsking(true)}>{t('progress.cancel')}</Button>
      </div>
      {isAsking && <CancelDialog id={of.id} onClose={() => setIsAsking(false)} />}
    </Card>
  );
}

function Ended({ of, onLeave }: { of: BlockImport; onLeave: () => void }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  const [result, setResult] = useState<RowResult | 'all'>('all');
  const title = of.state === 'done' || of.state === 'failed' ? of.state : 'cancelled';
  const options = rowResults.filter((name) => of.done[name] > 0);
  return (
    <Card title={t(`ended.${title}`)} description={<FileLine of={of} />}>
      {title === 'failed' && <p className="mb-4 text-preview">{t('ended.failed-hint')}</p>}
      {of.stillOnWire > 0 && (
        <p className="mb-4 text-preview">
          {t('ended.wire', { count: of.stillOnWire, n: format.number(of.stillOnWire) })}
        </p>
      )}
      {of.done.blocked > 0 && <UndoPart of={of} />}
      <ChoiceChips<RowResult | 'all'>
        legend={t('preview.filter')}
        value={result}
        onChange={setResult}
        options={[
          { value: 'all', label: `${t('preview.all')} ${format.number(of.rows)}` },
          ...options.map((value) => ({
            value,
            label: `${t(`result.${value}`)} ${format.number(of.done[value])}`,
          })),
        ]}
      />
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Button variant="primary" onClick={onLeave}>
          {t('ended.another')}
        </Button>
        <p className="text-preview text-ink-soft">{t('row.wiped')}</p>
      </div>
      <div className="mt-3">
        <RowsList of={of} filter={result === 'all' ? {} : { result }} />
      </div>
    </Card>
  );
}
