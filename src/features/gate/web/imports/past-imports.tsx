import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { Card } from '#platform/web/ui/page.tsx';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import type { BlockImport } from '../../imports/contract.ts';
import { useImports } from './api.ts';

/** What was imported before, and what still waits to be checked. */
export function PastImports({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation('block-lists');
  const imports = useImports();
  const items = imports.data?.pages.flatMap((page) => page.items);
  return (
    <Card title={t('past.title')}>
      {!items && imports.isError && (
        <ErrorState
          title={t('past.failed')}
          error={imports.error}
          onRetry={() => void imports.refetch()}
        />
      )}
      {!items && imports.isPending && (
        <Delayed>
          <Skeleton className="h-10 w-full" />
        </Delayed>
      )}
      {items?.length === 0 && <p className="text-preview text-ink-soft">{t('past.empty')}</p>}
      {items && items.length > 0 && (
        <ul className="-my-3 divide-y divide-hairline">
          {items.map((one) => (
            <Row key={one.id} of={one} onOpen={() => onOpen(one.id)} />
          ))}
        </ul>
      )}
      {imports.hasNextPage && (
        <div className="flex justify-center pt-5">
          <Button
            size="sm"
            isBusy={imports.isFetchingNextPage}
            onClick={() => void imports.fetchNextPage()}
          >
            {t('row.more')}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Row({ of, onOpen }: { of: BlockImport; onOpen: () => void }) {
  const { t } = useTranslation('block-lists');
  const format = useFormat();
  const name = of.fileName ?? t('preview.unnamed');
  const state = of.state === 'failed' ? 'failed-state' : of.state;
  const n = (count: number) => format.number(count);
  return (
    <li className="flex items-start justify-between gap-3 py-3">
      <div className="min-w-0">
        <p className="font-medium break-words">{name}</p>
        <p className="text-meta text-ink-soft tabular-nums">
          {state !== 'reading' && t(`past.${state}`)} · {format.dateTime(of.createdAt)}
          {of.createdBy && ` · ${t('past.by', { name: of.createdBy.name })}`}
        </p>
        {of.endedAt !== null && (
          <p className="text-meta text-ink-soft tabular-nums">
            {t('past.sum', {
              blocked: n(of.done.blocked),
              edited: n(of.done.edited),
              unchanged: n(of.done.unchanged),
            })}
            {of.undo &&
              ` · ${of.undo.state === 'running' ? t('past.undoing') : t('past.undone', { n: n(of.undo.lifted) })}`}
          </p>
        )}
      </div>
      <Button size="sm" aria-label={`${t('past.open')} ${name}`} onClick={onOpen}>
        {t('past.open')}
      </Button>
    </li>
  );
}
