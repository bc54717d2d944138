import { Eraser } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { EraseDialog, type EraseZoneProps } from './erase-dialog.tsx';
import { useEraseWords } from './erase-words.ts';

/** Below all that can be done with a contact: *Apagar dados da pessoa*. Draw it for administrators alone. */
export function EraseZone(props: EraseZoneProps) {
  const { state } = useEraseWords();
  // Without its words there is nothing to press; whoever opens the contact again asks again.
  return state === 'ready' ? <Zone {...props} /> : null;
}

function Zone(props: EraseZoneProps) {
  const { t } = useTranslation('erase');
  const [isOpen, setOpen] = useState(false);
  return (
    <section
      aria-label={t('zone')}
      className="mt-4 flex flex-col gap-2.5 border-t border-hairline pt-4"
    >
      <h3 className="text-meta font-medium text-ink-soft">{t('zone')}</h3>
      <Button className="justify-start" icon={<Eraser />} onClick={() => setOpen(true)}>
        {t('open')}
      </Button>
      <p className="text-meta text-ink-faint">{t('hint')}</p>
      {isOpen && <EraseDialog {...props} onClose={() => setOpen(false)} />}
    </section>
  );
}
