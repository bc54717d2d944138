import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import type { Block } from '../contract.ts';
import { useBlockAuthor } from './block-facts.tsx';
import {
  AttemptsCell,
  BlockNote,
  ContactCell,
  KeepCell,
  OpenBlock,
  UnblockCell,
  UntilCell,
} from './block-row-cells.tsx';
import { type BlockRowsProps, useBlocksWindow } from './blocks-window.ts';
import { SelectAll, SelectRow } from './list/select-box.tsx';
import { UpstreamLines } from './upstream-lines.tsx';

/** The same facts where a table does not fit. */
export function BlockCards(props: BlockRowsProps) {
  const { rows, before, after, measure } = useBlocksWindow(props, 232);
  const { items, selection } = props;
  return (
    <>
      {selection && (
        <div className="px-4 pb-2 text-preview">
          <SelectAll items={items} selection={selection} isTold />
        </div>
      )}
      <ul className="flex flex-col" style={{ paddingTop: before, paddingBottom: after }}>
        {rows.map((row) => {
          const block = props.items[row.index];
          return (
            block && (
              <li
                key={row.key}
                ref={measure}
                data-index={row.index}
                aria-posinset={row.index + 1}
                aria-setsize={props.items.length}
                className="pb-3"
              >
                <Card block={block} row={props} />
              </li>
            )
          );
        })}
      </ul>
    </>
  );
}

function Card({
  block,
  row: { selection, isReview, onOpen },
}: {
  block: Block;
  row: Pick<BlockRowsProps, 'selection' | 'isReview' | 'onOpen'>;
}) {
  const { t } = useTranslation(['gate', 'upstream']);
  const format = useFormat();
  const author = useBlockAuthor();
  return (
    <article className="rounded-card border border-hairline bg-raised p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 items-center gap-3">
          {selection && block.isActive && <SelectRow block={block} selection={selection} />}
          <ContactCell block={block} link={() => <OpenBlock block={block} onOpen={onOpen} />} />
        </div>
        <span className="flex flex-wrap gap-2">
          {isReview && !selection && <KeepCell block={block} />}
          {!selection && <UnblockCell block={block} />}
        </span>
      </div>
      <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2.5 md:grid-cols-5 tabular-nums">
        <Fact name={t('list.reason')}>{t(`reasons.${block.reason}`)}</Fact>
        <Fact name={t('list.attempts')}>
          <AttemptsCell block={block} />
        </Fact>
        <Fact name={t('list.since')}>
          {format.dateTime(block.startedAt)}
          <span className="block text-meta text-ink-soft">{author(block)}</span>
        </Fact>
        <Fact name={t('list.until')}>
          <UntilCell block={block} />
        </Fact>
        {block.isActive && (
          <Fact name={t('upstream:column')} isWide>
            <UpstreamLines upstream={block.upstream} isBrief />
          </Fact>
        )}
      </dl>
      {block.note && (
        <div className="mt-3 border-t border-hairline pt-3 text-preview text-ink-soft">
          <BlockNote text={block.note} limit={150} />
        </div>
      )}
    </article>
  );
}

const Fact = ({
  name,
  isWide = false,
  children,
}: {
  name: string;
  isWide?: boolean;
  children: ReactNode;
}) => (
  <div className={isWide ? 'min-w-0 max-md:col-span-full' : 'min-w-0'}>
    <dt className="text-meta text-ink-soft">{name}</dt>
    <dd className="mt-0.5 break-words">{children}</dd>
  </div>
);
