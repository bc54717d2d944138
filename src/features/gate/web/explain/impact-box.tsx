import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import type { BlockImpact } from '../../explain/contract.ts';
import { useExplainWords } from './explain-words.ts';

const box = 'h-[6.5rem] overflow-y-auto rounded-control bg-sunken px-3 py-2.5 text-preview';

/**
 * Where a dialog tells what its block will stop, as it stands when it opens. It has one height whatever is known yet, and
 * a block never waits for it.
 */
export function ImpactBox({ children }: { children: ReactNode }) {
  const { state } = useExplainWords();
  // Without its words there is nothing to say; the dialog is as good without.
  if (state === 'failed') return <div className={box} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many numbers scroll in it, by keyboard too
    <div className={box} tabIndex={0}>
      {state === 'ready' && children}
    </div>
  );
}

/** Its heading, and what is told once it is known; to be drawn in the box, whose words it needs. */
export function ImpactTold<Told>({
  title,
  query: { data, isError },
  lines,
}: {
  title: string;
  query: { data: Told | undefined; isError: boolean };
  lines: (told: Told) => ReactNode;
}) {
  const { t } = useTranslation('explain');
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-meta font-medium text-ink-soft">{title}</h3>
      <div role="status">
        {data !== undefined ? (
          <ul className="flex flex-col gap-1">{lines(data)}</ul>
        ) : isError ? (
          <p className="text-ink-soft">{t('impact.failed')}</p>
        ) : (
          <Waiting />
        )}
      </div>
    </section>
  );
}

function Waiting() {
  const { t } = useTranslation('explain');
  return (
    <Delayed>
      <p className="sr-only">{t('impact.loading')}</p>
      <Skeleton className="mt-1.5 h-3 w-3/4" />
      <Skeleton className="mt-2.5 h-3 w-1/2" />
    </Delayed>
  );
}

/** What waits to be sent and will not leave. */
export function WaitingLines({ waiting }: Pick<BlockImpact, 'waiting'>) {
  const { t } = useTranslation('explain');
  const stops = waiting.filter(({ count }) => count > 0);
  if (stops.length === 0) return <li>{t('impact.nothing-waits')}</li>;
  return stops.map(({ way, count }) => (
    <li key={way} className="font-medium">
      {t(`impact.ways.${way}`, { count })}
    </li>
  ));
}

/** What WhatsApp's own list would say, below the number it is of. */
export const Soft = ({ children }: { children: ReactNode }) => (
  <span className="block text-meta text-ink-soft">{children}</span>
);
