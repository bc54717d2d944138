import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import type { ChartLine } from './chart-lines.ts';
import type { ChartPiece } from './incident-chart.tsx';

const cell = 'py-1.5 pl-3 text-right tabular-nums';
const head = 'py-1.5 pl-3 text-right font-medium text-ink-soft';
const firstHead = 'py-1.5 text-left font-medium text-ink-soft';

/** What each part stands for and how many there are in all: the legend of the picture, and its sum. */
export function TotalsTable({
  caption,
  by,
  lines,
  total,
}: {
  caption: string;
  by: string;
  lines: readonly ChartLine[];
  total: number;
}) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  return (
    <table className="w-full border-collapse text-preview">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-hairline">
          <th scope="col" className={firstHead}>
            {by}
          </th>
          <th scope="col" className={head}>
            {t('incidents.total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, label, colour, total: count }) => (
          <tr key={key} className="border-b border-hairline">
            <th scope="row" className="py-1.5 pr-2 text-left font-normal">
              <span className="flex items-center gap-2">
                <span
                  aria-hidden="true"
                  className="size-3 shrink-0 rounded-[3px]"
                  style={{ backgroundColor: colour }}
                />
                <span className="min-w-0 break-words">{label}</span>
              </span>
            </th>
            <td className={cell}>{format.number(count)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className="py-1.5 text-left font-medium">
            {t('incidents.total')}
          </th>
          <td className={cx(cell, 'font-medium')}>{format.number(total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** The same as the picture, number by number. Always there for a reader; for the eye when it is wanted. */
export function SpreadTable({
  caption,
  pieces,
  lines,
  counts,
  isShown,
}: {
  caption: string;
  pieces: readonly ChartPiece[];
  lines: readonly ChartLine[];
  counts: readonly number[];
  isShown: boolean;
}) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  return (
    <div className={isShown ? 'mt-3 overflow-x-auto' : 'sr-only print:hidden'}>
      <table className="w-full border-collapse text-preview">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-hairline">
            <th scope="col" className={firstHead}>
              {t('incidents.when')}
            </th>
            {lines.map(({ key, label }) => (
              <th key={key} scope="col" className={head}>
                {label}
              </th>
            ))}
            <th scope="col" className={head}>
              {t('incidents.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {pieces.map(({ piece }, place) => (
            <tr key={piece} className="border-b border-hairline last:border-0">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal whitespace-nowrap">
                {piece}
              </th>
              {lines.map(({ key, counts: each }) => (
                <td key={key} className={cell}>
                  {format.number(each[place] ?? 0)}
                </td>
              ))}
              <td className={cx(cell, 'font-medium')}>{format.number(counts[place] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
