import { ScanEye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { useRejectRepeat } from '../api.ts';
import type { Item } from '../links.ts';

/** Guarita itself suggests it: why, and the one click that says it was wrong. */
export function RepeatNote({ requestId, item }: { requestId: string; item: Item }) {
  const { t } = useTranslation('removals-desk');
  const reject = useRejectRepeat(requestId);
  if (!item.repeat) return null;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p className="flex min-w-0 flex-[1_1_14rem] items-start gap-2 text-preview">
          <ScanEye aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-faint" />
          <span className="min-w-0">{t(`repeat.${item.repeat}`)}</span>
        </p>
        <Button size="sm" isBusy={reject.isPending} onClick={() => reject.mutate(item.messageId)}>
          {t('repeat.reject')}
        </Button>
      </div>
      <p className="text-meta text-ink-soft">{t('repeat.hint')}</p>
      <ProblemLine error={reject.error} />
    </div>
  );
}
