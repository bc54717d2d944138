import { ArrowDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { useNow } from '#platform/web/now.ts';
import { cx } from '#platform/web/ui/class-names.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import type { Message } from '../../contract.ts';
import { useActivityText } from './message-words.ts';

export const DayPill = ({ at, className }: { at: string; className?: string }) => {
  const format = useFormat();
  // "hoje" is "ontem" after midnight.
  useNow();
  return (
    <span
      className={cx(
        'rounded-full border border-hairline bg-list px-3 py-1 text-meta font-medium text-ink-soft first-letter:uppercase inline-block',
        className,
      )}
    >
      {format.day(at)}
    </span>
  );
};

export const DayLine = ({ at }: { at: string }) => (
  <div className="flex justify-center pt-4 pb-1">
    <DayPill at={at} />
  </div>
);

export function UnreadLine() {
  const { t } = useTranslation('conversations');
  return (
    <div className="flex items-center gap-3 pt-4 pb-1 text-meta font-medium text-accent-ink">
      <span className="h-px flex-1 bg-accent opacity-40" />
      {t('thread.new-messages')}
      <span className="h-px flex-1 bg-accent opacity-40" />
    </div>
  );
}

export function ActivityLine({ message }: { message: Message }) {
  const format = useFormat();
  const activityText = useActivityText();
  if (!message.activity) return null;
  return (
    <p className="px-6 pt-3 pb-0.5 text-center text-meta text-ink-faint">
      {activityText(message.activity)} ·{' '}
      <time dateTime={message.at}>{format.time(message.at)}</time>
    </p>
  );
}

/** The way back down, with how many came meanwhile. */
export function JumpToNewest({ count, onJump }: { count: number; onJump: () => void }) {
  const { t } = useTranslation('conversations');
  const label = count > 0 ? t('thread.to-newest-count', { count }) : t('thread.to-newest');
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onJump}
      className="absolute right-4 bottom-4 inline-flex h-10 min-w-10 animate-arrive items-center justify-center gap-1.5 rounded-full border border-hairline bg-raised px-2.5 text-ink-soft shadow-float hover:text-ink"
    >
      {count > 0 && (
        <span className="text-preview font-semibold text-accent-ink tabular-nums">{count}</span>
      )}
      <ArrowDown aria-hidden="true" />
    </button>
  );
}

export const ThreadTop = ({ children }: { children: ReactNode }) => (
  <p className="absolute inset-x-0 top-4 z-10 text-center text-meta text-ink-faint">{children}</p>
);

/** In the place of *Carregando mensagens anteriores…*: moves nothing. */
export function OlderFailed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation('platform');
  return (
    <span role="alert">
      {t('more-failed')}{' '}
      <button
        type="button"
        onClick={onRetry}
        className="rounded-small text-accent-ink underline underline-offset-2"
      >
        {t('try-again')}
      </button>
    </span>
  );
}

const shapes = [
  ['a', 'mr-auto w-3/5'],
  ['b', 'mr-auto w-2/5'],
  ['c', 'ml-auto w-1/2'],
  ['d', 'mr-auto w-1/2'],
  ['e', 'ml-auto w-2/5'],
  ['f', 'ml-auto w-3/5'],
] as const;

export const ThreadSkeleton = () => (
  <Delayed>
    <div
      aria-hidden="true"
      className="mx-auto flex h-full w-full max-w-[752px] flex-col justify-end gap-3 p-4"
    >
      {shapes.map(([key, shape]) => (
        <Skeleton key={key} className={cx('h-12 max-w-[560px] rounded-bubble', shape)} />
      ))}
    </div>
  </Delayed>
);
