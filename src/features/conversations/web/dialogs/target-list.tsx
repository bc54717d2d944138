import { useVirtualizer } from '@tanstack/react-virtual';
import { ShieldBan } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatPhone, personTitle } from '#platform/web/phone.ts';
import { Avatar } from '#platform/web/ui/avatar.tsx';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { EmptyState } from '#platform/web/ui/states.tsx';
import { type ForwardTarget, targetKey } from './forward-targets.ts';

const rowHeight = 56;

interface TargetListProps {
  targets: readonly ForwardTarget[];
  isPending: boolean;
  chosenKeys: ReadonlySet<string>;
  isFull: boolean;
  isLocked: boolean;
  onToggle: (target: ForwardTarget) => void;
  onNearEnd: () => void;
  /** Undefined where nothing was searched for. */
  onClear: (() => void) | undefined;
}

/** Check boxes, one a conversation; blocked ones are there and cannot be ticked. */
export function TargetList(props: TargetListProps) {
  const { targets, isPending, onNearEnd, onClear } = props;
  const { t } = useTranslation('conversations');
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const virtualizer = useVirtualizer({
    count: targets.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: useCallback(
      (at: number) => {
        const target = targets[at];
        return target ? targetKey(target) : at;
      },
      [targets],
    ),
    overscan: 6,
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (targets.length > 0 && last >= targets.length - 5) onNearEnd();
  }, [last, targets.length, onNearEnd]);
  if (isPending) return <TargetSkeleton />;
  if (targets.length === 0) {
    const action = onClear && <Button onClick={onClear}>{t('list.empty.unread-action')}</Button>;
    return <EmptyState title={t('forward.empty')} action={action} />;
  }
  return (
    <div ref={setScroller} className="h-full overflow-y-auto">
      <ul
        aria-label={t('forward.targets')}
        className="relative"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map((item) => {
          const target = targets[item.index];
          return (
            target && (
              <li
                key={item.key}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <TargetRow target={target} {...props} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function TargetRow({
  target,
  targets,
  chosenKeys,
  isFull,
  isLocked,
  onToggle,
}: { target: ForwardTarget } & TargetListProps) {
  const { t } = useTranslation('conversations');
  const isChosen = chosenKeys.has(targetKey(target));
  const isDisabled = target.isBlocked || isLocked || (isFull && !isChosen);
  const { name, phone, contactId, channelName } = target;
  const hasTwin = targets.some((each) => each !== target && each.contactId === contactId);
  const facts = [phone && name !== phone && formatPhone(phone), hasTwin && channelName];
  return (
    <label
      className={cx(
        'flex h-14 items-center gap-3 rounded-control px-2 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent',
        target.isBlocked ? 'cursor-not-allowed text-ink-faint' : 'hover:bg-hover',
      )}
    >
      <input
        type="checkbox"
        checked={isChosen && !target.isBlocked}
        disabled={isDisabled}
        onChange={() => onToggle(target)}
        className="size-[18px] outline-none"
      />
      <Avatar
        name={name}
        isDimmed={target.isBlocked}
        {...(target.isBlocked && { badge: <ShieldBan /> })}
      />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-body font-medium">{personTitle(name, phone)}</span>
        <span className="block truncate text-preview text-ink-faint">
          {target.isBlocked ? t('forward.blocked') : facts.filter(Boolean).join(' · ')}
        </span>
      </span>
    </label>
  );
}

const TargetSkeleton = () => (
  <Delayed>
    {['a', 'b', 'c', 'd'].map((row) => (
      <div key={row} className="flex h-14 items-center gap-3 px-2">
        <Skeleton className="size-10 rounded-full" />
        <Skeleton className="h-3 w-40" />
      </div>
    ))}
  </Delayed>
);
