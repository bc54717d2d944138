import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DraftRow,
  type DraftSection,
  emptyRow,
  type Fault,
  type Faults,
  limits,
} from '../data/compose-drafts.ts';
import { AddButton, Removable } from './compose-dialog.tsx';
import { LimitedField } from './limited-field.tsx';
import { useAddedFocus } from './use-added-focus.ts';

interface ListSectionProps {
  section: DraftSection;
  number: number;
  /** Options are counted through the whole list, as the limit is. */
  firstRow: number;
  isAlone: boolean;
  isFull: boolean;
  faults: Faults;
  titleRef: Ref<HTMLInputElement>;
  onChange: (section: DraftSection) => void;
  onRemove: () => void;
}

/** One section of a list: its title, where there are several, and its options. */
export function ListSection(props: ListSectionProps) {
  const { section, number, firstRow, isAlone, isFull, faults, onChange } = props;
  const { t } = useTranslation('compose');
  const focus = useAddedFocus();
  const { rows } = section;
  const put = (changed: readonly DraftRow[]) => onChange({ ...section, rows: changed });
  const add = () => {
    if (isFull) return;
    const added = emptyRow();
    focus.want(added.key);
    put([...rows, added]);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-card border border-hairline p-3">
      <legend className="sr-only">{t('list.section', { n: number })}</legend>
      {!isAlone && (
        <Removable label={t('list.remove-section', { n: number })} onRemove={props.onRemove}>
          <LimitedField
            label={t('list.section-title', { n: number })}
            value={section.title}
            most={limits.section}
            fault={faults.get(section.key)}
            inputRef={props.titleRef}
            onChange={(title) => onChange({ ...section, title })}
          />
        </Removable>
      )}
      {rows.map((row, index) => (
        <Row
          key={row.key}
          row={row}
          number={firstRow + index}
          fault={faults.get(row.key)}
          titleRef={focus.take(row.key)}
          onEnter={add}
          onChange={(changed) => put(rows.map((one) => (one.key === row.key ? changed : one)))}
          onRemove={
            rows.length === 1
              ? undefined
              : () => {
                  put(rows.filter(({ key }) => key !== row.key));
                  focus.wantButton();
                }
          }
        />
      ))}
      {!isFull && (
        <AddButton ref={focus.button} onClick={add}>
          {t('list.add-row')}
        </AddButton>
      )}
    </fieldset>
  );
}

interface RowProps {
  row: DraftRow;
  number: number;
  fault: Fault | undefined;
  titleRef: Ref<HTMLInputElement>;
  onEnter: () => void;
  onChange: (row: DraftRow) => void;
  /** Undefined for the only one of its section. */
  onRemove: (() => void) | undefined;
}

function Row({ row, number, fault, titleRef, onEnter, onChange, onRemove }: RowProps) {
  const { t } = useTranslation('compose');
  return (
    <Removable label={t('list.remove-row', { n: number })} onRemove={onRemove}>
      <div className="grid min-w-0 flex-1 gap-x-3 gap-y-2 sm:grid-cols-[2fr_3fr]">
        <LimitedField
          label={t('list.row', { n: number })}
          value={row.title}
          most={limits.row}
          fault={fault}
          inputRef={titleRef}
          onEnter={onEnter}
          onChange={(title) => onChange({ ...row, title })}
        />
        <LimitedField
          label={t('list.row-description', { n: number })}
          value={row.description}
          most={limits.description}
          onEnter={onEnter}
          onChange={(description) => onChange({ ...row, description })}
        />
      </div>
    </Removable>
  );
}
