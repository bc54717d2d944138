import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnectionState } from '../live.ts';
import { cx } from './class-names.ts';

/** A blink of the network is not worth a word. */
const patience = 1200;

/** A thin amber line over the top of its (relative) parent; it moves nothing. */
export function ConnectionLine({ className }: { className?: string }) {
  const { t } = useTranslation('platform');
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
    <div role="status" className={cx('pointer-events-none absolute inset-x-0 z-20', className)}>
      {isShown && (
        <p className="animate-arrive border-b border-hairline bg-amber-tint px-4 py-1 text-center text-meta font-medium text-amber">
          {t('connection-lost')}
        </p>
      )}
    </div>
  );
}
