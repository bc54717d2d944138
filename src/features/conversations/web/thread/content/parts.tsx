import type { ReactElement, ReactNode } from 'react';

/** A quieter surface inside a bubble, for what is more than text. */
export const Inset = ({ children }: { children: ReactNode }) => (
  <div className="mb-1 overflow-hidden rounded-control bg-sunken">{children}</div>
);

export const linkClass =
  'inline-flex min-h-7 items-center gap-1.5 rounded-small text-preview font-medium text-accent-ink hover:underline [&_svg]:size-4 [&_svg]:shrink-0';

/** Opens apart, on a press only, and tells nobody where it was pressed. */
export const OutLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <a href={href} target="_blank" rel="noopener noreferrer nofollow" className={linkClass}>
    {children}
  </a>
);

/** What stands above the text of an answer: to what it answers. */
export const Mark = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <span className="mb-0.5 flex items-center gap-1 text-meta text-ink-faint [&_svg]:size-3.5 [&_svg]:shrink-0">
    <span aria-hidden="true" className="inline-flex">
      {icon}
    </span>
    {children}
  </span>
);

/** A line of words behind its sign, with time and ticks at its end. */
export const Line = ({
  icon,
  words,
  children,
}: {
  icon: ReactElement;
  words: string;
  children: ReactNode;
}) => (
  <div className="flex flex-wrap items-center justify-between text-body text-ink-soft">
    <span className="inline-flex items-center gap-2 [&_svg]:size-4.5 [&_svg]:shrink-0">
      <span aria-hidden="true" className="inline-flex">
        {icon}
      </span>
      {words}
    </span>
    <span className="ml-auto">{children}</span>
  </div>
);
