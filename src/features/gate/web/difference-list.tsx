import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#platform/web/format.tsx';
import { formatPhone } from '#platform/web/phone.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { ErrorState } from '#platform/web/ui/states.tsx';
import type { BlockDifference } from '../contract.ts';
import { type Decision, DifferenceDialog } from './difference-dialog.tsx';
import { type Side, useDifferences } from './upstream-api.ts';
import { useCodeWords, useDifferenceName, useWhyWords } from './upstream-words.ts';

/** Who is on one list and not on the other; nothing where nobody is. */
export function DifferenceList({
  channelId,
  side,
  count,
}: {
  channelId: string;
  side: Side;
  count: number;
}) {
  const { t } = useTranslation('upstream');
  const [decision, setDecision] = useState<Decision | null>(null);
  const [isOpen, setOpen] = useState(false);
  const differences = useDifferences(channelId, side, count > 0);
  const items = differences.data?.pages.flatMap((page) => page.items) ?? [];
  if (count === 0 && !isOpen) return null;
  const title = t(`list.only-${side}`, { count });
  const decide = (next: Decision) => {
    setDecision(next);
    setOpen(true);
  };
  return (
    <section aria-label={title} className="border-t border-hairline pt-4">
      <h3 className="text-preview font-medium">{title}</h3>
      {side === 'there' && (
        <p className="mt-0.5 text-meta text-ink-faint">{t('list.only-there-hint')}</p>
      )}
      {differences.isError && items.length === 0 && (
        <ErrorState
          title={t('list.failed')}
          error={differences.error}
          onRetry={() => void differences.refetch()}
        />
      )}
      <ul className="mt-2 flex flex-col">
        {items.map((item) => (
          <Row key={item.id} item={item} onDecide={decide} />
        ))}
      </ul>
      {differences.hasNextPage && (
        <Button
          size="sm"
          variant="quiet"
          isBusy={differences.isFetchingNextPage}
          onClick={() => void differences.fetchNextPage()}
        >
          {t('list.more')}
        </Button>
      )}
      {decision && (
        <DifferenceDialog
          key={decision.item.id + decision.kind}
          channelId={channelId}
          decision={decision}
          open={isOpen}
          onOpenChange={setOpen}
        />
      )}
    </section>
  );
}

function Row({
  item,
  onDecide,
}: {
  item: BlockDifference;
  onDecide: (decision: Decision) => void;
}) {
  const { t } = useTranslation('upstream');
  const name = useDifferenceName()(item);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b border-hairline py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{name}</p>
        {item.contactName !== null && (
          <p className="text-meta text-ink-soft tabular-nums">
            {item.phone ? formatPhone(item.phone) : t('list.hidden')}
          </p>
        )}
        <Standing item={item} />
      </div>
      {item.side === 'there' && !item.isRemoving && (
        <div className="flex flex-wrap gap-2">
          <Button
            size="sm"
            aria-label={t('list.adopt-name', { name })}
            onClick={() => onDecide({ kind: 'adopt', item })}
          >
            {t('list.adopt')}
          </Button>
          <Button
            size="sm"
            aria-label={t('list.remove-name', { name })}
            onClick={() => onDecide({ kind: 'remove', item })}
          >
            {t('list.remove')}
          </Button>
        </div>
      )}
    </li>
  );
}

function Standing({ item }: { item: BlockDifference }) {
  const { t } = useTranslation('upstream');
  const format = useFormat();
  const whyWords = useWhyWords();
  const codeWords = useCodeWords();
  const why =
    item.state === null
      ? item.code && !item.isRemoving && codeWords(item.code)
      : whyWords({ state: item.state, code: item.code });
  return (
    <p className="text-meta text-ink-soft tabular-nums">
      {item.isRemoving && t('list.removing')}
      {item.state && t(`states.${item.state}`)}
      {item.triedAt && ` · ${t('tried', { at: format.short(item.triedAt) })}`}
      {why && <span className="block text-ink-faint">{why}</span>}
    </p>
  );
}
