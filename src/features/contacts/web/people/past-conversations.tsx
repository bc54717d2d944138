import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

const OtherConversations = lazyPart(
  () => import('./other-conversations.tsx'),
  (file) => file.OtherConversations,
);

/** In the contact panel: closed until it is wanted, and nothing is asked for before. */
export function PastConversations({
  contactId,
  exceptId,
}: {
  contactId: string;
  exceptId: string;
}) {
  const { t } = useTranslation('contacts');
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="border-t border-hairline px-4 py-3"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="-mx-2 cursor-pointer rounded-control px-2 py-1 text-preview text-ink-soft hover:bg-hover">
        {t('past-conversations')}
      </summary>
      {isOpen && <OtherConversations contactId={contactId} exceptId={exceptId} />}
    </details>
  );
}
