import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block } from '../../contract.ts';
import type { Selection } from './selection.ts';

/** A tick box with room for a finger around it. */
export function SelectBox({
  label,
  isChecked,
  isMixed = false,
  onChange,
}: {
  label: string;
  isChecked: boolean;
  isMixed?: boolean;
  onChange: () => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isMixed;
  }, [isMixed]);
  return (
    <label className="-m-2 grid size-10 shrink-0 cursor-pointer place-items-center">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={isChecked}
        onChange={onChange}
        className="size-4.5 accent-accent"
      />
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
