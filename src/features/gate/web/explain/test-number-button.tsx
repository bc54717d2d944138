import { ShieldQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#platform/web/ui/button.tsx';
import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';
import type { ContactLink } from '../block-row-cells.tsx';

const TestNumberDialog = lazyPopup(
  () => import('./test-number-dialog.tsx'),
  (file) => file.TestNumberDialog,
);

/** Opens *Testar número*. Draw it only for whoever may see the details of blocks. */
export function TestNumberButton({ contactLink }: { contactLink: ContactLink }) {
  const { t } = useTranslation('gate');
  const [visit, setVisit] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setVisit(visit + 1);
    setOpen(true);
  };
  return (
    <>
      <Button icon={<ShieldQuestionMark className="size-[18px] max-md:hidden" />} onClick={open}>
        {t('test-number')}
      </Button>
      {visit > 0 && (
        <TestNumberDialog
          key={visit}
          open={isOpen}
          onOpenChange={setOpen}
          onFailed={() => setVisit(0)}
          contactLink={contactLink}
        />
      )}
    </>
  );
}
