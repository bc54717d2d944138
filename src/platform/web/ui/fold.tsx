import { type ReactNode, useState } from 'react';

/** A part of a panel that is closed until it is wanted; nothing of it is drawn, or asked for, before. */
export function Fold({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="border-t border-hairline px-4 py-3"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="-mx-2 cursor-pointer rounded-control px-2 py-1 text-preview text-ink-soft hover:bg-hover">
        {title}
      </summary>
      {isOpen && children}
    </details>
  );
}
