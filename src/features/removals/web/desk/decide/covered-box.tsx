import { Eye, EyeOff } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { cx } from '#platform/web/ui/class-names.ts';
import { ProblemLine } from '#platform/web/ui/states.tsx';
import { isFocusLost } from '../focus-lost.ts';
import type { Reveal } from './use-reveal.ts';

/** Nothing of it is on this computer until *Mostrar* is pressed, and the press says that it is recorded. */
export function CoveredBox({
  title,
  reveal,
  className,
}: {
  title: string;
  reveal: Reveal<unknown>;
  className: string;
}) {
  const { t } = useTranslation('removals-desk');
  return (
    <div className={cx('flex flex-col items-center gap-2 px-4 text-center', className)}>
      <EyeOff aria-hidden="true" className="text-ink-faint" />
      <p className="font-medium">{title}</p>
      <Button
        size="sm"
        className="bg-raised"
        icon={<Eye className="size-4" />}
        isBusy={reveal.isAsking}
        onClick={reveal.show}
      >
        {t('item.show')}
      </Button>
      <p className="text-meta text-ink-soft">{t('item.recorded')}</p>
      <ProblemLine error={reveal.error} />
    </div>
  );
}

/** Takes the focus over from *Mostrar*. Out of sight again; the focus goes to *Mostrar*, which takes the place of what was seen. */
export function HideButton({ onHide }: { onHide: () => void }) {
  const { t } = useTranslation('removals-desk');
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // *Mostrar* has gone, and the focus with it, unless it is somewhere else by now.
    if (isFocusLost()) button.current?.focus({ preventScroll: true });
  }, []);
  const hide = (button: HTMLElement) => {
    const place = button.closest('[data-testid="revealed"]')?.parentElement;
    flushSync(onHide);
    place?.querySelector('button')?.focus();
  };
  return (
    <Button
      ref={button}
      size="sm"
      className="self-start"
      icon={<EyeOff className="size-4" />}
      onClick={(event) => hide(event.currentTarget)}
    >
      {t('item.hide')}
    </Button>
  );
}
