import type { ReactNode } from 'react';
import { usePageTitle } from '#platform/web/page-title.ts';
import { Mark } from '#platform/web/ui/mark.tsx';

/** The pages before the door opens: one calm column, the gatehouse at the horizon. */
export function EntryFrame({
  title,
  lead,
  children,
  footer,
  width = 'narrow',
}: {
  title: string;
  lead?: string;
  children: ReactNode;
  footer?: ReactNode;
  width?: 'narrow' | 'wide';
}) {
  usePageTitle(title);
  return (
    <div className="relative isolate flex min-h-dvh flex-col bg-paper">
      <Horizon />
      <main
        className={`mx-auto flex w-full flex-1 flex-col justify-center px-4 pt-8 pb-44 max-md:pb-28 ${width === 'narrow' ? 'max-w-[416px]' : 'max-w-[560px]'}`}
      >
        <p className="mb-6 flex items-center justify-center gap-2.5">
          <Mark className="size-8" />
          <span className="text-page font-semibold tracking-[-0.015em]">Guarita</span>
        </p>
        <div className="rounded-card border border-hairline bg-raised px-6 py-6 max-md:px-5">
          <h1 className="text-section font-semibold">{title}</h1>
          {lead && <p className="mt-1 text-ink-soft">{lead}</p>}
          <div className="mt-5">{children}</div>
        </div>
        {footer && <div className="mt-4 text-center text-preview text-ink-soft">{footer}</div>}
      </main>
    </div>
  );
}

/** A street at rest: the gatehouse, its barrier up, the line of the ground. Ornament only. */
const Horizon = () => (
  <svg
    aria-hidden="true"
    viewBox="0 0 1440 160"
    preserveAspectRatio="xMidYMax slice"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    className="pointer-events-none absolute inset-x-0 bottom-0 -z-10 h-40 w-full text-ink/25 max-md:h-28"
  >
    <path d="M0 140.5H1440" />
    <path d="M640 74 694 46l54 28M654 68v72M734 68v72" />
    <path d="M672 82h44v28h-44zM694 82v28M654 118h80" />
    <path d="M782 140v-22h16v22" />
    <path d="M790 118 880 34" className="text-accent/70" stroke="currentColor" strokeWidth="3" />
    <circle cx="790" cy="118" r="4" className="fill-paper" />
    <path d="M500 140v-30M500 110c-16 0-22-12-16-22 2-16 30-16 32 0 6 10 0 22-16 22Z" />
    <path d="M548 140v-18M548 122c-10 0-14-8-10-14 1-10 19-10 20 0 4 6 0 14-10 14Z" />
    <path d="M1010 140v-34M1010 106c-18 0-25-13-18-25 2-18 34-18 36 0 7 12 0 25-18 25Z" />
    <path d="M332 152h60M452 152h60M572 152h60M692 152h60M812 152h60M932 152h60M1052 152h60" />
  </svg>
);
