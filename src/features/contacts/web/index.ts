import { lazyPart } from '#platform/web/ui/lazy-part.tsx';

export { contactKeys, useContact, useContactSearch } from './api.ts';
export { ContactIdentity } from './contact-identity.tsx';
export { refreshContacts } from './live.ts';
export { NameRemovalButton, NameRemovalItem, type NameRemovalWay } from './name-removal.tsx';
export { useConflictCount } from './people/api.ts';
export { ContactLinks } from './people/contact-links.tsx';
export { PastConversations } from './people/past-conversations.tsx';
export type { PeoplePageProps, PeopleTab } from './people/people-page.tsx';
export type { peopleWords } from './people/people-words.ts';
export type { Selection } from './people/use-selection.ts';

/** The page *Contatos*, fetched when it is opened. */
export const PeoplePage = lazyPart(
  () => import('./people/people-page.tsx'),
  (file) => file.PeoplePage,
);
