import { ListChecks, RotateCw, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import type { BlockQuery } from '../../list/contract.ts';
import { type AfterUnblock, type BulkAct, BulkDialog } from './bulk-dialog.tsx';
import { mostFound, useFindAll } from './find-all.ts';
import type { Selection } from './selection.ts';

/** What can be done with those who are ticked; stands above the list while anybody may be. */
export function BulkBar({
  query,
  selection,
  afterUnblock,
}: {
  /** What the list shows the beginning of. */
  query: BlockQuery;
  selection: Selection;
  afterUnblock: AfterUnblock;
}) {
  const { t } = useTranslation('blocks-desk');
  const [asked, setAsked] = useState<{ act: BulkAct; names: ReadonlyMap<string, string> }>();
  const found = useFindAll();
  const { size } = selection.names;
  const findAll = () => {
    // The answer of a bar that is gone meanwhile ticks nobody.
    if (!found.isPending)
      found.mutate(query, { onSuccess: ({ blocks }) => selection.setAll(blocks, true) });
  };
  const ask = (act: BulkAct) => () => {
    if (size > 0) setAsked({ act, names: selection.names });
  };
  const close = (isDone: boolean) => {
    setAsked(undefined);
    if (isDone) selection.stop();
  };
  return (
    <section
      aria-label={t('select.bar')}
      className="mb-3 flex flex-wrap items-center gap-2 rounded-card bg-sunken px-3 py-2"
    >
      <p role="status" className="mr-auto tabular-nums">
        {size === 0 ? t('select.none') : t('select.count', { count: size })}
        {found.data?.isMore && ` · ${t('select.first', { count: mostFound })}`}
      </p>
      <Button
        size="sm"
        variant="quiet"
        icon={<ListChecks className="size-4" />}
        isBusy={found.isPending}
        onClick={findAll}
      >
        {t('select.found')}
      </Button>
      <Button
        size="sm"
        icon={<RotateCw className="size-4" />}
        aria-disabled={size === 0}
        onClick={ask('retry')}
      >
        {t('bulk.retry')}
      </Button>
      <Button
        size="sm"
        icon={<ShieldCheck className="size-4" />}
        aria-disabled={size === 0}
        onClick={ask('unblock')}
      >
        {t('bulk.unblock')}
      </Button>
      {found.error && <ProblemLine error={found.error} />}
      {asked && (
        <BulkDialog
          act={asked.act}
          names={asked.names}
          afterUnblock={afterUnblock}
          onClose={close}
        />
      )}
    </section>
  );
}
