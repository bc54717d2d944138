import type { ReactNode } from 'react';
import { Button } from '#platform/web/ui/button.tsx';
import { MenuItem } from '#platform/web/ui/menu.tsx';
import { useContact } from './api.ts';

/** How what a contact is called gets out. The page knows it: removals stand right of this feature. */
export interface NameRemovalWay {
  label: string;
  icon: ReactNode;
  ask: (contactId: string) => void;
}

interface NameRemovalProps {
  contactId: string;
  /** Null where it is not offered. */
  way: NameRemovalWay | null;
}

/** Whether there is a name that could go, and nobody has asked for it. */
function useCanGo(contactId: string): boolean {
  const { data: contact } = useContact(contactId);
  if (contact === undefined || contact.nameWithheld === 'covered') return false;
  const { givenName, addressBookName, profileName, username } = contact;
  return Boolean(givenName || addressBookName || profileName || username);
}

/** *Solicitar remoção do nome*, in a menu. */
export function NameRemovalItem({ contactId, way }: NameRemovalProps) {
  const canGo = useCanGo(contactId);
  if (way === null || !canGo) return null;
  return <MenuItem icon={way.icon} label={way.label} onSelect={() => way.ask(contactId)} />;
}

/** The same among the facts of a contact. */
export function NameRemovalButton({ contactId, way }: NameRemovalProps) {
  const canGo = useCanGo(contactId);
  if (way === null || !canGo) return null;
  return (
    <Button
      variant="quiet"
      className="mt-1 -ml-3 justify-start"
      icon={way.icon}
      onClick={() => way.ask(contactId)}
    >
      {way.label}
    </Button>
  );
}
