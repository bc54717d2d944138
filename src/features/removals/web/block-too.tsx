import { useId } from 'react';
import { BlockFields, type BlockInput } from '#features/gate/web/index.ts';

/** A block in the same step as something else. */
export interface BlockWish {
  isWanted: boolean;
  /** Null while something of it is missing. */
  block: BlockInput | null;
}

export const noBlock: BlockWish = { isWanted: false, block: null };

/** The block is wanted and not filled in. Pure. */
export const isBlockMissing = ({ isWanted, block }: BlockWish): boolean =>
  isWanted && block === null;

/** The box that wants it, and once it is ticked, the fields of the block. */
export function BlockToo({
  label,
  hint,
  isWanted,
  onChange,
  isChecked,
}: {
  label: string;
  hint: string;
  isWanted: boolean;
  onChange: (wish: BlockWish) => void;
  /** After a first attempt to send the form: what is missing is said. */
  isChecked: boolean;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
        <input
          id={id}
          type="checkbox"
          checked={isWanted}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange({ isWanted: event.target.checked, block: null })}
          className="mt-0.5 size-[18px]"
        />
        <label htmlFor={id} className="font-medium break-words">
          {label}
        </label>
        <p id={`${id}-hint`} className="col-start-2 text-meta text-ink-faint">
          {hint}
        </p>
      </div>
      {isWanted && (
        <div className="border-l-2 border-hairline pl-4">
          <BlockFields
            onChange={(block) => onChange({ isWanted: true, block })}
            isChecked={isChecked}
          />
        </div>
      )}
    </div>
  );
}
