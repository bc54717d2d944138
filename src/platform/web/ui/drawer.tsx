import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './class-names.ts';
import { iconButtonClass } from './icon-button.tsx';

/** A sheet from the right edge, over the page. */
export function Drawer({
  open,
  onOpenChange,
  title,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
}) {
  const { t } = useTranslation('platform');
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="popup-motion fixed inset-0 z-40 bg-scrim" />
        <Base.Popup className="popup-motion fixed inset-y-0 right-0 z-40 flex w-80 max-w-full flex-col bg-panel text-ink shadow-float outline-none data-ending-style:translate-x-4 data-starting-style:translate-x-4 max-md:w-full">
          <div className="flex h-14 shrink-0 items-center justify-between border-b border-hairline pr-3 pl-4">
            <Base.Title className="text-body font-semibold">{title}</Base.Title>
            <Base.Close aria-label={t('close')} className={cx(iconButtonClass('md'))}>
              <X />
            </Base.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
