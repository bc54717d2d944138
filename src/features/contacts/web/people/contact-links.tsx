import { Link, useNavigate } from '@tanstack/react-router';
import { ContactRound, GitMerge } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, buttonClass } from '#platform/web/ui/button.tsx';
import { lazyPopup } from '#platform/web/ui/lazy-part.tsx';
import { useArrangesPeople } from './api.ts';

const MergeDialog = lazyPopup(
  () => import('./merge-dialog.tsx'),
  (file) => file.MergeDialog,
);

/** In the contact panel: the way to the contact, and for administrators to join it with another. */
export function ContactLinks({
  contactId,
  blockImpact,
}: {
  contactId: string;
  /** What a block of a contact will stop: of the gate, which the panel hands in. */
  blockImpact: (contactId: string) => ReactNode;
}) {
  const { t } = useTranslation('contacts');
  const arranges = useArrangesPeople();
  const navigate = useNavigate();
  const [isMerging, setMerging] = useState(false);
  const close = () => setMerging(false);
  return (
    <div className="flex flex-wrap justify-center gap-2 px-4 pb-4">
      <Link to="/contatos/$contactId" params={{ contactId }} className={buttonClass('quiet', 'sm')}>
        <ContactRound aria-hidden="true" />
        {t('see')}
      </Link>
      {arranges && (
        <Button size="sm" variant="quiet" icon={<GitMerge />} onClick={() => setMerging(true)}>
          {t('merge')}
        </Button>
      )}
      {isMerging && (
        <MergeDialog
          contactId={contactId}
          blockImpact={blockImpact}
          onClose={close}
          onFailed={close}
          onDone={(kept) =>
            void navigate({ to: '/contatos/$contactId', params: { contactId: kept } })
          }
        />
      )}
    </div>
  );
}
