import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { BlockImport, BlockImportUndo } from '../../imports/contract.ts';
import { useUndoPreview } from './api.ts';
import { UndoDialog } from './undo-dialog.tsx';

/** What became of the undoing of an import, how many of its blocks still stand, and the way to lift them. */
export function UndoPart({ of }: { of: BlockImport }) {
  const { t } = useTranslation('block-lists');
  const [isAsking, setIsAsking] = useState(false);
  const found = useUndoPreview(of);
  const canUndo = (found.data?.standing ?? 0) > 0;
  return (
    <section
      aria-label={t('undo.action')}
      className="mb-5 flex flex-wrap items-center justify-between gap-x-4 gap-y-3 rounded-card border border-hairline px-4 py-3"
    >
      <div className="flex min-w-0 flex-col gap-1 text-preview tabular-nums">
        {of.undo && <Outcome of={of.undo} />}
        <Standing of={of} />
      </div>
      {canUndo && (
        <Button icon={<Undo2 />} onClick={() => setIsAsking(true)}>
          {t('undo.action')}
        </Button>
      )}
      {isAsking && <UndoDialog of={of} onClose={() => setIsAsking(false)} />}
    </section>
  );
}

function Outcome({ of }: { of: BlockImportUndo }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  const said = {
    count: of.lifted,
    n: format.number(of.lifted),
    date: format.dateTime(of.endedAt ?? of.startedAt),
  };
  if (of.state === 'failed') return <p role="status">{t('undo.stopped', said)}</p>;
  return (
    <p role="status">
      {of.startedBy === null
        ? t('undo.done', said)
        : t('undo.done-by', { ...said, name: of.startedBy.name })}
      {of.kept > 0 && ` ${t('undo.kept', { count: of.kept, n: format.number(of.kept) })}`}
    </p>
  );
}

function Standing({ of }: { of: BlockImport }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  const { data, error, refetch } = useUndoPreview(of);
  if (data === undefined && error !== null) {
    return (
      <div className="flex flex-wrap items-center gap-3">
        <p>{t('undo.failed')}</p>
        <ProblemLine error={error} />
        <Button size="sm" onClick={() => void refetch()}>
          {t('undo.retry')}
        </Button>
      </div>
    );
  }
  if (data === undefined) {
    return (
      <Delayed>
        <Skeleton className="h-5 w-64" />
      </Delayed>
    );
  }
  const { standing, confirmed, ended, forgotten } = data;
  return (
    <>
      {standing + confirmed + ended > 0 && (
        <p>
          {t(standing === 0 ? 'undo.standing_zero' : 'undo.standing', {
            count: standing,
            n: format.number(standing),
          })}
        </p>
      )}
      {confirmed > 0 && (
        <p className="text-ink-soft">
          {t('undo.confirmed', { count: confirmed, n: format.number(confirmed) })}
        </p>
      )}
      {forgotten > 0 && (
        <p>{t('undo.forgotten', { count: forgotten, n: format.number(forgotten) })}</p>
      )}
    </>
  );
}
