import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** A page that is not the conversation screen: a title, its actions, a column of content. */
export function Page({
  title,
  description,
  actions,
  width = 'wide',
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  width?: 'wide' | 'narrow';
  children: ReactNode;
}) {
  return (
    <div className="h-full overflow-y-auto bg-paper">
      <div
        className={cx(
          'mx-auto w-full px-8 py-8 max-md:px-4 max-md:py-5',
          width === 'wide' ? 'max-w-[1080px]' : 'max-w-[720px]',
        )}
      >
        <header className="mb-6 flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
          <div className="min-w-0">
            <h1 className="text-page font-semibold tracking-[-0.01em]">{title}</h1>
            {description && <p className="mt-1 max-w-[60ch] text-ink-soft">{description}</p>}
          </div>
          {actions && <div className="flex items-center gap-2">{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}

/** A group of settings or rows on a raised card. */
export function Card({
  title,
  description,
  actions,
  children,
}: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="mb-6 rounded-card border border-hairline bg-raised">
      {title && (
        <header className="flex flex-wrap items-start justify-between gap-3 px-5 pt-4">
          <div className="min-w-0">
            <h2 className="text-body font-semibold">{title}</h2>
            {description && <p className="mt-0.5 text-preview text-ink-soft">{description}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className="p-5">{children}</div>
    </section>
  );
}
