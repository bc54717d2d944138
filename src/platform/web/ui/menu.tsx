import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './class-names.ts';

const popupClass =
  'popup-motion min-w-48 max-w-80 rounded-card border border-hairline bg-raised p-1 text-body text-ink shadow-float outline-none max-h-[min(60vh,var(--available-height))] overflow-y-auto';
const itemClass =
  'flex w-full cursor-default items-center gap-2.5 rounded-control px-2.5 py-1.5 min-h-8 text-left outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-faint';

/** `trigger` is the button itself, for instance an `IconButton`. */
export function Menu({
  trigger,
  children,
  align = 'end',
  side = 'bottom',
  defaultOpen = false,
}: {
  trigger: ReactElement;
  /** Open from the start: for a menu that is fetched by the press that opens it. */
  defaultOpen?: boolean;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'left' | 'right';
}) {
  return (
    <Base.Root modal={false} defaultOpen={defaultOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} side={side} sideOffset={4} className="z-50">
          <Base.Popup className={popupClass}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  label: ReactNode;
  icon?: ReactNode;
  onSelect?: () => void;
  /** Stays in the keyboard's path so that its reason can be read. */
  disabled?: boolean;
  /** Small second line: for a disabled item, why. */
  hint?: ReactNode;
}

export function MenuItem({ label, icon, onSelect, disabled, hint }: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled ?? false}
      onClick={() => onSelect?.()}
      className={cx(itemClass, hint ? 'items-start' : null)}
    >
      {icon && <span className={cx('text-ink-soft', hint ? 'mt-0.5' : null)}>{icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block">{label}</span>
        {hint && <span className="mt-0.5 block text-meta text-ink-faint">{hint}</span>}
      </span>
    </Base.Item>
  );
}

export const MenuSeparator = () => <Base.Separator className="mx-1 my-1 h-px bg-hairline" />;

/** One of several, with a tick at the chosen one. */
export function MenuChoice<T extends string>({
  label,
  value,
  onChange,
  options,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
}) {
  return (
    <Base.RadioGroup aria-label={label} value={value} onValueChange={(next: T) => onChange(next)}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick className={itemClass}>
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check className="size-4 text-accent-ink" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export const MenuLabel = ({ children }: { children: ReactNode }) => (
  <div className="px-2.5 pt-1.5 pb-1 text-meta text-ink-faint">{children}</div>
);
