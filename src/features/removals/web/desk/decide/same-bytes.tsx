import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { CheckList } from '#platform/web/ui/check-list.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import { useSameBytes } from '../api.ts';
import type { Item } from '../links.ts';
import { contactTitle } from '../request-facts.tsx';

interface SameBytesProps {
  requestId: string;
  item: Item;
  ticked: readonly string[];
  onTick: (ids: readonly string[]) => void;
  /** Whether the message itself is to go: without it none of these does. */
  isGoing: boolean;
}

/** The same file may be elsewhere by chance, a price list or a *bom dia*: each is ticked by hand or stays. */
export function SameBytesList(props: SameBytesProps) {
  const { t } = useTranslation('removals-desk');
  // What somebody ticked is in sight for the second person.
  const [isOpen, setOpen] = useState(props.item.proposedAlso.length > 0);
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="-ml-1 inline-flex items-center gap-1 rounded-small px-1 py-0.5 text-left text-preview text-accent-ink hover:underline"
      >
        <ChevronDown
          aria-hidden="true"
          className={cx('size-4 transition-transform duration-100', !isOpen && '-rotate-90')}
        />
        {t('same.count', { count: props.item.sameBytes })}
      </button>
      {isOpen && <Rows {...props} />}
    </div>
  );
}

function Rows({ requestId, item, ticked, onTick, isGoing }: SameBytesProps) {
  const { t } = useTranslation('removals-desk');
  const format = useFormat();
  const { data, error, refetch } = useSameBytes(requestId, item.messageId, true);
  if (error && !data) {
    return <ErrorState title={t('same.failed')} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) {
    return (
      <Delayed>
        <Skeleton className="mt-2 h-10 w-full" />
      </Delayed>
    );
  }
  return (
    <div className="mt-1.5 rounded-control bg-sunken px-3 py-2">
      <CheckList
        legend={<span className="text-preview">{t('same.legend')}</span>}
        values={ticked}
        onChange={onTick}
        options={data.map(({ messageId, contactName, direction, at }) => ({
          value: messageId,
          label: contactTitle(contactName),
          hint: `${t(`direction.${direction}`)} · ${format.dateTime(at)}`,
        }))}
      />
      <p className="mt-1 text-meta text-ink-soft">{t(isGoing ? 'same.hint' : 'same.hint-keep')}</p>
    </div>
  );
}
