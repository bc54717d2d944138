import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { formatPhone } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState, MoreFailed } from '#platform/web/ui/states.tsx';
import type { BlockImport, BlockImportRow } from '../../imports/contract.ts';
import { type RowsFilter, useRows } from './api.ts';

/** The rows of the file, what each does or did, and what is wrong with it. */
export function RowsList({ of, filter }: { of: BlockImport; filter: RowsFilter }) {
  const { t } = useTranslation('block-lists');
  const rows = useRows(of, filter);
  const items = rows.data?.pages.flatMap((page) => page.items);
  if (!items && rows.isError) {
    return (
      <ErrorState title={t('row.failed')} error={rows.error} onRetry={() => void rows.refetch()} />
    );
  }
  if (!items) return <Waiting />;
  if (items.length === 0) {
    return <p className="py-6 text-center text-preview text-ink-soft">{t('row.empty')}</p>;
  }
  return (
    <>
      <Table items={items} isWiped={of.endedAt !== null} isBusy={rows.isPlaceholderData} />
      {rows.isFetchNextPageError && <MoreFailed onRetry={() => void rows.fetchNextPage()} />}
      {rows.hasNextPage && !rows.isFetchNextPageError && (
        <div className="flex justify-center pt-4">
          <Button
            size="sm"
            isBusy={rows.isFetchingNextPage}
            onClick={() => void rows.fetchNextPage()}
          >
            {t('row.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function Waiting() {
  const { t } = useTranslation('block-lists');
  return (
    <Delayed>
      <p role="status" className="sr-only">
        {t('row.loading')}
      </p>
      <div className="flex flex-col gap-3 py-2">
        {['a', 'b', 'c', 'd', 'e'].map((row) => (
          <Skeleton key={row} className="h-6 w-full" />
        ))}
      </div>
    </Delayed>
  );
}

const head = 'border-b border-hairline py-2 pr-4 text-left text-meta font-medium text-ink-soft';
const cell = 'border-b border-hairline py-2.5 pr-4 align-top';
/** On a phone the line, what happens and the number are enough; the rest is in the file. */
const wideOnly = 'max-md:hidden';

function Table({
  items,
  isWiped,
  isBusy,
}: {
  items: readonly BlockImportRow[];
  isWiped: boolean;
  isBusy: boolean;
}) {
  const { t } = useTranslation('block-lists');
  return (
    <table aria-busy={isBusy} className="w-full border-separate border-spacing-0">
      <thead>
        <tr>
          <th scope="col" className={cx(head, 'w-16 max-md:w-12')}>
            {t('row.line')}
          </th>
          <th scope="col" className={head}>
            {t(isWiped ? 'row.what-happened' : 'row.what')}
          </th>
          {!isWiped && <FileHeads />}
        </tr>
      </thead>
      <tbody>
        {items.map((row) => (
          <tr key={row.line}>
            <td className={cx(cell, 'text-ink-soft tabular-nums')}>{row.line}</td>
            <td className={cell}>
              <WhatCell row={row} />
            </td>
            {!isWiped && <FileCells row={row} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FileHeads() {
  const { t } = useTranslation('block-lists');
  return (
    <>
      <th scope="col" className={head}>
        {t('row.number')}
      </th>
      <th scope="col" className={cx(head, wideOnly)}>
        {t('row.name')}
      </th>
      <th scope="col" className={cx(head, wideOnly)}>
        {t('row.reason')}
      </th>
      <th scope="col" className={cx(head, wideOnly)}>
        {t('row.until')}
      </th>
    </>
  );
}

function FileCells({ row }: { row: BlockImportRow }) {
  const { t } = useTranslation('gate');
  const format = useFormat();
  const { number } = row;
  const isPhone = number?.startsWith('+') === true;
  const shown = isPhone ? formatPhone(number) : number;
  return (
    <>
      <td className={cx(cell, isPhone ? 'whitespace-nowrap' : 'break-all', 'tabular-nums')}>
        {shown}
      </td>
      <td className={cx(cell, wideOnly, 'break-words')}>{row.name}</td>
      <td className={cx(cell, wideOnly)}>{row.reason && t(`reasons.${row.reason}`)}</td>
      <td className={cx(cell, wideOnly, 'tabular-nums')}>
        {row.expiresAt && format.dateTime(row.expiresAt)}
      </td>
    </>
  );
}

function WhatCell({ row }: { row: BlockImportRow }) {
  const { t } = useTranslation('block-lists');
  const isWrong = row.result === 'error' || row.plan === 'error';
  const why =
    row.cause !== null
      ? t(`cause.${row.cause}`)
      : row.ofLine !== null && t('row.of-line', { line: row.ofLine });
  return (
    <>
      <span className={isWrong ? 'text-problem' : undefined}>
        {row.result === null ? t(`plan.${row.plan}`) : t(`result.${row.result}`)}
      </span>
      {why && <span className="block text-meta text-ink-soft">{why}</span>}
    </>
  );
}
