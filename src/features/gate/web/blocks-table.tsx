import { useTranslation } from 'react-i18next';
import type { Block } from '../contract.ts';
import { useBlockAuthor } from './block-facts.tsx';
import {
  AttemptsCell,
  BlockNote,
  ContactCell,
  KeepCell,
  Moment,
  OpenBlock,
  UnblockCell,
  UntilCell,
} from './block-row-cells.tsx';
import { type BlockRowsProps, useBlocksWindow } from './blocks-window.ts';
import { useCanBlock } from './can-block.ts';
import { SelectAll, SelectRow } from './list/select-box.tsx';
import { UpstreamLines } from './upstream-lines.tsx';

const headClass =
  'sticky top-0 z-10 bg-paper py-2 pr-4 text-left text-meta font-medium text-ink-soft shadow-[inset_0_-1px_0_var(--hairline)]';
const edgeCell = 'border-b border-hairline py-3.5 align-top';
const cellClass = `${edgeCell} pr-4`;

export function BlocksTable(props: BlockRowsProps) {
  const { t } = useTranslation(['gate', 'upstream']);
  const canBlock = useCanBlock();
  const { selection, isReview } = props;
  const hasActions = canBlock && props.items.some((block) => block.isActive);
  const { rows, before, after, measure } = useBlocksWindow(
    props,
    hasActions && isReview ? 101 : 69,
  );
  const columns = 8 + [hasActions, selection].filter(Boolean).length;
  return (
    <table
      aria-rowcount={props.items.length + 1}
      className="w-full table-fixed border-separate border-spacing-0"
    >
      <thead>
        <tr aria-rowindex={1}>
          {selection && (
            <th scope="col" className={`${headClass} w-10 pl-2`}>
              <SelectAll items={props.items} selection={selection} />
            </th>
          )}
          <th scope="col" className={`${headClass} pl-2`}>
            {t('list.contact')}
          </th>
          <th scope="col" className={`${headClass} w-[11%]`}>
            {t('list.reason')}
          </th>
          <th scope="col" className={`${headClass} w-[12%]`}>
            {t('list.note')}
          </th>
          <th scope="col" className={`${headClass} w-[10%]`}>
            {t('list.by')}
          </th>
          <th scope="col" className={`${headClass} w-[98px]`}>
            {t('list.since')}
          </th>
          <th scope="col" className={`${headClass} w-[112px]`}>
            {t('list.until')}
          </th>
          <th scope="col" className={`${headClass} w-[104px]`}>
            {t('list.attempts')}
          </th>
          <th scope="col" className={`${headClass} w-[12%]`}>
            {t('upstream:column')}
          </th>
          {hasActions && (
            <th scope="col" className={`${headClass} w-[124px]`}>
              <span className="sr-only">{t('list.actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        <Room height={before} columns={columns} />
        {rows.map((row) => {
          const block = props.items[row.index];
          return (
            block && (
              <tr
                key={row.key}
                ref={measure}
                data-index={row.index}
                aria-rowindex={row.index + 2}
                className="cursor-pointer hover:bg-hover"
                onClick={(event) => {
                  if (!isControl(event.target)) props.onOpen(block);
                }}
              >
                <Cells block={block} row={props} hasActions={hasActions} />
              </tr>
            )
          );
        })}
        <Room height={after} columns={columns} />
      </tbody>
    </table>
  );
}

/** A press on what does something of its own is not a press on the row. */
const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, label') !== null;

/** Stands for the rows that are not drawn. */
const Room = ({ height, columns }: { height: number; columns: number }) =>
  height > 0 ? (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  ) : null;

function Cells({
  block,
  row: { selection, isReview, onOpen },
  hasActions,
}: {
  block: Block;
  row: Pick<BlockRowsProps, 'selection' | 'isReview' | 'onOpen'>;
  hasActions: boolean;
}) {
  const { t } = useTranslation('gate');
  const author = useBlockAuthor();
  return (
    <>
      {selection && (
        <td className={`${edgeCell} pl-2`}>
          {block.isActive && <SelectRow block={block} selection={selection} />}
        </td>
      )}
      <td className={`${cellClass} pl-2`}>
        <ContactCell block={block} link={() => <OpenBlock block={block} onOpen={onOpen} />} />
      </td>
      <td className={cellClass}>{t(`reasons.${block.reason}`)}</td>
      <td className={`${cellClass} text-preview text-ink-soft`}>
        {block.note && <BlockNote text={block.note} limit={70} />}
      </td>
      <td className={`${cellClass} break-words`}>{block.startedBy?.name ?? author(block)}</td>
      <td className={`${cellClass} tabular-nums`}>
        <Moment at={block.startedAt} />
      </td>
      <td className={`${cellClass} tabular-nums`}>
        <UntilCell block={block} />
      </td>
      <td className={`${cellClass} tabular-nums`}>
        <AttemptsCell block={block} />
      </td>
      <td className={cellClass}>
        {block.isActive && <UpstreamLines upstream={block.upstream} isBrief />}
      </td>
      {hasActions && (
        <td className={`${edgeCell} pr-2 text-right`}>
          <span className="inline-flex flex-wrap justify-end gap-2">
            {isReview && <KeepCell block={block} />}
            <UnblockCell block={block} />
          </span>
        </td>
      )}
    </>
  );
}
