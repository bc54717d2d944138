import { Flag } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NameRemovalWay, useContact } from '#features/contacts/web/index.ts';
import { AskNameDialog, type AskNameDialogProps } from '#features/removals/web/index.ts';
import { focusOrigin } from '#platform/web/ui/focus-origin.ts';
import { focusAfter } from './focus-after.ts';

/** Brings *Solicitar remoção do nome* to where contacts are shown, which does not know of requests. */
export function useNameRemoval(): { way: NameRemovalWay; dialog: ReactNode } {
  const { t } = useTranslation('shell');
  const [contactId, setContactId] = useState<string | null>(null);
  const origin = useRef<HTMLElement | null>(null);
  const finalFocus = useMemo(() => focusAfter(origin), []);
  const way = useMemo<NameRemovalWay>(
    () => ({
      label: t('keys.ask-name-removal'),
      icon: <Flag />,
      ask: (id) => {
        origin.current = focusOrigin();
        setContactId(id);
      },
    }),
    [t],
  );
  const close = () => setContactId(null);
  const dialog = contactId && (
    <Asking contactId={contactId} onClose={close} finalFocus={finalFocus} />
  );
  return { way, dialog };
}

/** With what is known of the contact by now: somebody may block it while one is asked. */
function Asking({ contactId, onClose, finalFocus }: Omit<AskNameDialogProps, 'isBlocked'>) {
  const { data: contact } = useContact(contactId);
  return (
    <AskNameDialog
      {...{ contactId, onClose, finalFocus }}
      isBlocked={contact?.isBlocked ?? false}
      onFailed={onClose}
    />
  );
}
