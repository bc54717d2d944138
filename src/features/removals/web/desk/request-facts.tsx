import {
  CircleSlash,
  Clock3,
  EyeOff,
  type LucideIcon,
  ShieldCheck,
  UserRoundCheck,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { useNow } from '#platform/web/now.ts';
import { formatPhone } from '#platform/web/phone.ts';
import { Badge } from '#platform/web/ui/badge.tsx';
import type { RemovalRequest, RemovalState } from '../../contract.ts';

const icons: Record<RemovalState, LucideIcon> = {
  open: EyeOff,
  'in-review': UserRoundCheck,
  removing: Clock3,
  removed: CircleSlash,
  refused: ShieldCheck,
};

export const isWaiting = (state: RemovalState): boolean =>
  state === 'open' || state === 'in-review';

/** How the request stands, in a word and a sign. */
export function StateBadge({ state }: { state: RemovalState }) {
  const { t } = useTranslation('removals-desk');
  const Icon = icons[state];
  return (
    <Badge tone={state === 'in-review' ? 'accent' : 'neutral'} icon={<Icon aria-hidden="true" />}>
      {t(`state.${state}`)}
    </Badge>
  );
}

/** A contact without a name is called by the number. */
export const contactTitle = (name: string): string =>
  /^\+?\d{7,15}$/.test(name) ? formatPhone(name) : name;

const hour = 3_600_000;

/** "menos de 1 h", "26 h", "3 dias". */
export function useSpanText(): (milliseconds: number) => string {
  const { t } = useTranslation('removals-desk');
  return (milliseconds) => {
    const hours = Math.floor(Math.abs(milliseconds) / hour);
    if (hours < 1) return t('span.less');
    if (hours < 48) return t('span.hours', { count: hours });
    return t('span.days', { count: Math.floor(hours / 24) });
  };
}

export function Age({ request }: { request: RemovalRequest }) {
  const { t } = useTranslation('removals-desk');
  const format = useFormat();
  const spanText = useSpanText();
  const now = useNow();
  return (
    <time dateTime={request.openedAt} title={format.dateTime(request.openedAt)}>
      {t('age', { time: spanText(now - Date.parse(request.openedAt)) })}
    </time>
  );
}

/** Until when it is to be decided; once that has passed, in amber and in words. Nothing once it is decided. */
export function Deadline({ request }: { request: RemovalRequest }) {
  const { t } = useTranslation('removals-desk');
  const format = useFormat();
  const spanText = useSpanText();
  const now = useNow();
  if (!isWaiting(request.state)) return null;
  const left = Date.parse(request.dueAt) - now;
  const time = spanText(left);
  if (left > 0 && !request.isOverdue) {
    return (
      <time
        dateTime={request.dueAt}
        title={format.dateTime(request.dueAt)}
        className="text-meta text-ink-soft whitespace-nowrap"
      >
        {t('due.in', { time })}
      </time>
    );
  }
  return (
    <Badge tone="amber" icon={<Clock3 aria-hidden="true" />}>
      {t('due.late', { time: left > 0 ? t('span.less') : time })}
    </Badge>
  );
}
