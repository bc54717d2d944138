import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { cx } from './class-names.ts';

interface Tab<T extends string> {
  value: T;
  label: ReactNode;
  /** Room for it is kept, so that a new number moves nothing: an empty one is not known yet. */
  count?: string;
}

const step = (key: string, at: number, length: number): number | undefined => {
  if (key === 'ArrowRight') return (at + 1) % length;
  if (key === 'ArrowLeft') return (at + length - 1) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return undefined;
};

/** `panelId` is the id of the one element whose content the tabs change. */
export function Tabs<T extends string>({
  label,
  value,
  onChange,
  tabs,
  panelId,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  panelId: string;
}) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent, at: number) => {
    const next = step(event.key, at, tabs.length);
    const tab = next === undefined ? undefined : tabs[next];
    if (next === undefined || !tab) return;
    event.preventDefault();
    onChange(tab.value);
    const buttons = list.current?.querySelectorAll<HTMLElement>('[role=tab]');
    buttons?.[next]?.focus();
  };
  // In the one row of a phone the chosen tab may be out of sight.
  useEffect(() => {
    const row = list.current;
    const tab = document.getElementById(`${panelId}-${value}`);
    if (!row || !tab) return;
    // By hand: what is scrolled into view becomes the place from which the next Tab goes on.
    const [seen, chosen] = [row.getBoundingClientRect(), tab.getBoundingClientRect()];
    row.scrollLeft += Math.max(0, chosen.right - seen.right) - Math.max(0, seen.left - chosen.left);
  }, [panelId, value]);
  // With none chosen (another filter rules) the keyboard still finds the first.
  const tabStop = Math.max(
    0,
    tabs.findIndex((tab) => tab.value === value),
  );
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className="flex flex-wrap gap-x-1 max-md:flex-nowrap max-md:overflow-x-auto max-md:[scrollbar-width:none]"
    >
      {tabs.map((tab, at) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`${panelId}-${tab.value}`}
          aria-selected={tab.value === value}
          aria-controls={panelId}
          tabIndex={at === tabStop ? 0 : -1}
          onClick={() => onChange(tab.value)}
          onKeyDown={(event) => move(event, at)}
          className={cx(
            'relative flex h-9 shrink-0 items-center whitespace-nowrap gap-1.5 rounded-control px-2 text-body text-ink-soft hover:text-ink',
            'after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full',
            tab.value === value && 'font-medium text-ink after:bg-accent',
          )}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="min-w-[3ch] text-left text-meta font-normal text-ink-faint tabular-nums">
              {tab.count}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
