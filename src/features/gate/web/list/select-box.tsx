import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block } from '../../contract.ts';
import type { Selection } from './selection.ts';

/** A tick box with room for a finger around it. */
export function SelectBox({
  label,
  isChecked,
  isMixed = false,
  isTold = false,
  onChange,
}: {
  label: string;
  isChecked: boolean;
  isMixed?: boolean;
  /** The label stands beside it. */
  isTold?: boolean;
  onChange: () => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isMixed;
  }, [isMixed]);
  return (
    <label
      className={
        isTold
          ? 'flex min-h-10 cursor-pointer items-center gap-3'
          : '-m-2 grid size-10 shrink-0 cursor-pointer place-items-center'
      }
    >
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={isChecked}
        onChange={onChange}
        className="size-4.5 accent-accent"
      />
      {isTold && <span aria-hidden="true">{label}</span>}
    </label>
  );
}

export function SelectRow({ block, selection }: { block: Block; selection: Selection }) {
  const { t } = useTranslation('blocks-desk');
  return (
    <SelectBox
      label={t('select.one', { name: block.contactName })}
      isChecked={selection.names.has(block.contactId)}
      onChange={() => selection.toggle(block)}
    />
  );
}

/** All that are loaded and active, or none of them. */
export function SelectAll({
  items,
  selection,
  isTold = false,
}: {
  items: readonly Block[];
  selection: Selection;
  isTold?: boolean;
}) {
  const { t } = useTranslation('blocks-desk');
  const active = items.filter((block) => block.isActive);
  const ticked = active.filter(({ contactId }) => selection.names.has(contactId));
  const isAll = active.length > 0 && ticked.length === active.length;
  return (
    <SelectBox
      label={t('select.all')}
      isChecked={isAll}
      isMixed={!isAll && ticked.length > 0}
      isTold={isTold}
      onChange={() => selection.setAll(active, !isAll)}
    />
  );
}
