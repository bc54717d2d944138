import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnectionState } from '#platform/web/live.ts';
import { cx } from '#platform/web/ui/class-names.ts';

/** A blink of the network is not worth a word. */
const patience = 1200;

/** A thin amber line over the page, which moves nothing below it. */
export function ConnectionLine({ className }: { className?: string }) {
  const { t } = useTranslation('shell');
  const isLost = useConnectionState() === 'lost';
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isLost) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), patience);
    return () => clearTimeout(timer);
  }, [isLost]);
  return (
    <div role="status" className={cx('pointer-events-none absolute right-0 z-20', className)}>
      {isShown && (
        <p className="animate-arrive border-b border-hairline bg-amber-tint px-4 py-1 text-center text-meta font-medium text-amber">
          {t('connection.lost')}
        </p>
      )}
    </div>
  );
}
