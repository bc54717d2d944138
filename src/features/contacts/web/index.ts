export { useContact, useContactSearch } from './api.ts';
export { ContactIdentity } from './contact-identity.tsx';
export { refreshContacts } from './live.ts';
