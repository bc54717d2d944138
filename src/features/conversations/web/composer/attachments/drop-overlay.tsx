import { Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Over the thread while files hang above it. */
export function DropOverlay() {
  const { t } = useTranslation('media');
  return (
    <div className="pointer-events-none absolute inset-3 z-20 grid place-items-center rounded-card border-2 border-dashed border-accent bg-paper/90 text-center">
      <div>
        <Upload aria-hidden="true" className="mx-auto size-6 text-accent-ink" />
        <p className="mt-2 text-section font-semibold">{t('attach.drop')}</p>
        <p className="mt-1 text-preview text-ink-soft">{t('attach.drop-hint')}</p>
      </div>
    </div>
  );
}
