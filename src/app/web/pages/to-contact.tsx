import { Link } from '@tanstack/react-router';
import type { ContactLink } from '#features/gate/web/index.ts';

/** A name that leads to its contact: who is blocked, or never wrote, is in no list of conversations. */
export const toContact: ContactLink = (contactId, name) => (
  <Link to="/contatos/$contactId" params={{ contactId }} className="hover:underline">
    {name}
  </Link>
);
