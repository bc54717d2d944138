import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { Segmented } from '#platform/web/ui/choices.tsx';
import { Dialog } from '#platform/web/ui/dialog.tsx';
import { exportAddress } from './api.ts';

const states = ['active', 'ended', 'all'] as const;
type BlockState = (typeof states)[number];

/** Which blocks, and away they go as a file. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('block-lists');
  const [state, setState] = useState<BlockState>('active');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('exporting.title')}
      description={t('exporting.body')}
      footer={
        <>
          <Button onClick={onClose}>{t('exporting.cancel')}</Button>
          <a
            href={exportAddress(state, i18n.language)}
            download
            className={buttonClass('primary')}
            onClick={onClose}
          >
            <Download className="size-4" />
            {t('exporting.confirm')}
          </a>
        </>
      }
    >
      <Segmented<BlockState>
        legend={t('exporting.which')}
        value={state}
        onChange={setState}
        options={states.map((value) => ({
          value,
          label: t(`exporting.${value}`),
        }))}
      />
    </Dialog>
  );
}
