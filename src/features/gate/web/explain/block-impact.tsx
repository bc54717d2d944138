import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import type { BlockImpact as Impact } from '../../explain/contract.ts';
import { useBlockImpact } from './api.ts';
import { useExplainWords } from './explain-words.ts';

/**
 * What the block will stop, as it stands when the dialog opens. Its box has one height whatever is known yet, and a block
 * never waits for it.
 */
export function BlockImpact({ contactId }: { contactId: string }) {
  const { state } = useExplainWords();
  // Without its words there is nothing to say; the dialog is as good without.
  if (state === 'failed') return <div className={box} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many numbers scroll in it, by keyboard too
    <div className={box} tabIndex={0}>
      {state === 'ready' && <Told contactId={contactId} />}
    </div>
  );
}

const box = 'h-[6.5rem] overflow-y-auto rounded-control bg-sunken px-3 py-2.5 text-preview';

function Told({ contactId }: { contactId: string }) {
  const { t } = useTranslation('explain');
  const { data, isError } = useBlockImpact(contactId);
  return (
    <section aria-label={t('impact.title')}>
      <h3 className="mb-1 text-meta font-medium text-ink-soft">{t('impact.title')}</h3>
      <div role="status">
        {data ? (
          <Lines impact={data} />
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

function Lines({ impact: { channels, waiting } }: { impact: Impact }) {
  const { t } = useTranslation('explain');
  const stops = waiting.filter(({ count }) => count > 0);
  return (
    <ul className="flex flex-col gap-1">
      {stops.map(({ way, count }) => (
        <li key={way} className="font-medium">
          {t(`impact.ways.${way}`, { count })}
        </li>
      ))}
      {stops.length === 0 && <li>{t('impact.nothing-waits')}</li>}
      {channels.length === 0 && <li>{t('impact.nowhere')}</li>}
      {channels.map(({ channelId, channelName, isOpen, layer }) => (
        <li key={channelId} className="break-words">
          {t('impact.conversation', {
            channel: channelName,
            state: t(isOpen ? 'impact.open' : 'impact.resolved'),
          })}
          <Soft>{t(`impact.layer.${layer}`)}</Soft>
        </li>
      ))}
    </ul>
  );
}

const Soft = ({ children }: { children: ReactNode }) => (
  <span className="block text-meta text-ink-soft">{children}</span>
);
