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

function Opener({ contactIds, onDone }: BulkBlockButtonProps) {
  const { t } = useTranslation('bulk-block');
  // As it was when it was opened: what is selected is forgotten before the answer is read.
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  return (
    <>
      <Button
        icon={<ShieldBan />}
        disabled={contactIds.length === 0}
        onClick={() => setAsked(contactIds)}
      >
        {t('button')}
      </Button>
      {asked && (
        <BulkBlockDialog contactIds={asked} onDone={onDone} onClose={() => setAsked(null)} />
      )}
    </>
  );
}
