import { useInfiniteQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { IconButton } from '#platform/web/ui/icon-button.tsx';
import { canGo } from '../../data/can-go.ts';
import { threadQuery } from '../../data/queries.ts';
import { inReadingOrder } from '../../data/thread-pages.ts';
import type { RemovalWay } from '../removal-way.ts';
import { mostSelected, type Selection } from './use-selection.ts';

/** In the composer's place while messages are chosen: how many, and what can be done with them. */
export function SelectionBar({
  conversationId,
  selection,
  way,
  onLeave,
}: {
  conversationId: string;
  selection: Selection;
  way: RemovalWay;
  onLeave: () => void;
}) {
  const { t } = useTranslation('withheld');
  const { data } = useInfiniteQuery({ ...threadQuery(conversationId), enabled: false });
  const chosen = inReadingOrder(data).filter(
    (message) => selection.ids.has(message.id) && canGo(message),
  );
  const count = chosen.length;
  useEscape(onLeave);
  // All of it is covered by now, by this person or another.
  useEffect(() => {
    if (selection.ids.size > 0 && count === 0) onLeave();
  }, [selection.ids.size, count, onLeave]);
  return (
    <section
      aria-label={t('select.bar')}
      className="flex min-h-[66px] shrink-0 flex-wrap items-center gap-2 border-t border-hairline bg-list px-4 py-2.5 max-md:min-h-[58px] max-md:px-2 max-md:py-1.5"
    >
      <IconButton label={t('select.leave')} shortcut="Esc" icon={<X />} onClick={onLeave} />
      <p role="status" className="mr-auto min-w-0 tabular-nums">
        {count === 0 ? t('select.none') : t('select.count', { count })}
        {count >= mostSelected && (
          <span className="block text-meta text-ink-faint">
            {t('select.limit', { max: mostSelected })}
          </span>
        )}
      </p>
      <Button
        variant="primary"
        icon={way.icon}
        aria-disabled={count === 0}
        onClick={() => count > 0 && way.ask(chosen)}
      >
        {way.label}
      </Button>
    </section>
  );
}

const isCovered = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

/** One step back, before any other step back of the page is. */
function useEscape(onLeave: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || isCovered()) return;
      event.preventDefault();
      event.stopPropagation();
      onLeave();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [onLeave]);
}
