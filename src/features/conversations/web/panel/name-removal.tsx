import { useContact } from '#features/contacts/web/index.ts';
import { Button } from '#platform/web/ui/button.tsx';
import { MenuItem } from '#platform/web/ui/menu.tsx';
import { useRemovalWay } from '../thread/removal-way.ts';

/** Null where there is no name that could go, or it is asked for already. */
function useNameRemoval(contactId: string) {
  const way = useRemovalWay();
  const { data: contact } = useContact(contactId);
  if (way === null || contact === undefined || contact.nameWithheld === 'covered') return null;
  const { givenName, addressBookName, profileName, username } = contact;
  if (!(givenName || addressBookName || profileName || username)) return null;
  return { label: way.name.label, icon: way.icon, ask: () => way.name.ask(contactId) };
}

/** *Solicitar remoção do nome*, in the menu of a conversation. */
export function NameRemovalItem({ contactId }: { contactId: string }) {
  const way = useNameRemoval(contactId);
  return way && <MenuItem icon={way.icon} label={way.label} onSelect={way.ask} />;
}

/** The same in the panel of the contact. */
export function NameRemovalButton({ contactId }: { contactId: string }) {
  const way = useNameRemoval(contactId);
  return (
    way && (
      <Button
        variant="quiet"
        className="mt-1 -ml-3 justify-start"
        icon={way.icon}
        onClick={way.ask}
      >
        {way.label}
      </Button>
    )
  );
}
