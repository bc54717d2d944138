import { useTranslation } from 'react-i18next';
import type { Block } from '../contract.ts';
import { useBlockAuthor } from './block-facts.tsx';
import {
  AttemptsCell,
  BlockNote,
  ContactCell,
  type ConversationLink,
  Moment,
  UnblockCell,
  UntilCell,
} from './block-row-cells.tsx';
import { type BlockRowsProps, useBlocksWindow } from './blocks-window.ts';
import { useCanBlock } from './can-block.ts';
import { UpstreamLines } from './upstream-lines.tsx';

const headClass =
  'sticky top-0 z-10 bg-paper py-2 pr-4 text-left text-meta font-medium text-ink-soft shadow-[inset_0_-1px_0_var(--hairline)]';
const edgeCell = 'border-b border-hairline py-3.5 align-top';
const cellClass = `${edgeCell} pr-4`;

export function BlocksTable(props: BlockRowsProps) {
  const { t } = useTranslation(['gate', 'upstream']);
  const canBlock = useCanBlock();
  const hasActions = canBlock && props.items.some((block) => block.isActive);
  const { rows, before, after, measure } = useBlocksWindow(props, 69);
  const columns = hasActions ? 9 : 8;
  return (
    <table
      aria-rowcount={props.items.length + 1}
      className="w-full table-fixed border-separate border-spacing-0"
    >
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col" className={headClass}>
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
            <th scope="col" className={`${headClass} w-[112px]`}>
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
              <tr key={row.key} ref={measure} data-index={row.index} aria-rowindex={row.index + 2}>
                <Cells block={block} link={props.link} hasActions={hasActions} />
              </tr>
            )
          );
        })}
        <Room height={after} columns={columns} />
      </tbody>
    </table>
  );
}

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
  link,
  hasActions,
}: {
  block: Block;
  link: ConversationLink;
  hasActions: boolean;
}) {
  const { t } = useTranslation('gate');
  const author = useBlockAuthor();
  return (
    <>
      <td className={cellClass}>
        <ContactCell block={block} link={link} />
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
        <td className={`${edgeCell} text-right`}>
          <UnblockCell block={block} />
        </td>
      )}
    </>
  );
}
