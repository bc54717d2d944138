import { ShieldBan } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { type BulkBlockButtonProps, BulkBlockDialog } from './bulk-block-dialog.tsx';
import { useBulkBlockWords } from './bulk-words.ts';

/** *Bloquear selecionados*. Draw it only when `useCanBlock()`. */
export function BulkBlockButton(props: BulkBlockButtonProps) {
  return useBulkBlockWords().state === 'ready' ? <Opener {...props} /> : null;
}

function Opener({ names, onDone }: BulkBlockButtonProps) {
  const { t } = useTranslation('bulk-block');
  // As it was when it was opened: what is selected is forgotten before the answer is read.
  const [asked, setAsked] = useState<BulkBlockButtonProps['names'] | null>(null);
  return (
    <>
      <Button icon={<ShieldBan />} disabled={names.size === 0} onClick={() => setAsked(names)}>
        {t('button')}
      </Button>
      {asked && <BulkBlockDialog names={asked} onDone={onDone} onClose={() => setAsked(null)} />}
    </>
  );
}
