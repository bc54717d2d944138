/** The door of contacts: all that others may use. */

export { type AccountKey, accountAmong, areApart } from './accounts-apart.ts';
export { recordBookNames } from './address-book-store.ts';
export {
  type Assignment,
  assignIdentity,
  type Holder,
  type IdentityChanges,
} from './assign-identity.ts';
export { type ErasedName, findAwaitedAmong, identityHashOf, type Lookup } from './awaited.ts';
export {
  findHashesKeptOut,
  hasHashedAccount,
  insertAwaited,
  insertHashedNames,
  insertLostContact,
} from './awaited-store.ts';
export { blockIsActive } from './block-queries.ts';
export { wasCreatedIn } from './created-in.ts';
export {
  findNewHolders,
  followEarlyChanges,
  type LaterHolder,
  type LaterNames,
  lockLaterHolders,
  type NameChange,
  noteEarlyChange,
} from './early-changes.ts';
export {
  findNamesOfPerson,
  findPerson,
  forgetPerson,
  learnHashed,
  lockPerson,
  retireHashed,
} from './erased/erase-contact.ts';
export { findErasable, type NameOfPerson } from './erased/erase-store.ts';
export { findErasedBehind, outdateHeirOfErased } from './erased/erased-behind.ts';
export { findOrCreateContact } from './find-or-create-contact.ts';
export { type FoundPeople, findOrCreatePeople } from './find-or-create-people.ts';
export { findOrCreatePerson } from './find-or-create-person.ts';
export { type PeopleSearch, peopleSearch } from './find-people-queries.ts';
export { findFormerHolders } from './former-holders.ts';
export { lockWithHeirs, withHeirs } from './heirs-store.ts';
export { findKnownAccounts, type KnownAccounts } from './known-accounts.ts';
export { learnOrAsk } from './learn-or-ask.ts';
export { displayName } from './name.ts';
export { type NameRow, nameColumns } from './name-queries.ts';
export type { StoredNames } from './names/cover-store.ts';
export {
  coverName,
  lockCoveredNames,
  lockNamed,
  lockStillNamed,
  readCoveredName,
  removeName,
  restoreName,
} from './names/withhold-name.ts';
export {
  type MatchKey,
  maskIdentity,
  matchKeysOf,
  type PersonRef,
  parseTypedAccount,
  parseTypedPerson,
  parseTypedPhone,
} from './normalize-identity.ts';
export { readConflict } from './people/conflict-queries.ts';
export {
  type ConflictRow,
  closeConflict,
  findConflict,
  lockConflict,
  moveConflicts,
  moveConflictsOf,
} from './people/conflict-store.ts';
export {
  findIdentities,
  findMergeState,
  giveIdentities,
  type HeldIdentity,
  reviveContact,
} from './people/identity-store.ts';
export { listConflict } from './people/list-conflict.ts';
export { peopleRoutes } from './people/routes.ts';
export { findAddress, findContact, findMaskedNumber, findMaskedNumbers } from './queries.ts';
export { renameContact } from './rename-contact.ts';
export {
  ContactsMovedError,
  isUnheld,
  lockPeople,
  lookUpPeople,
  type PersonInWorkspace,
  type Resolution,
  resolveAgain,
  resolveContacts,
} from './resolve-contacts.ts';
export { contactRoutes } from './routes.ts';
export { matchesSearch } from './search-queries.ts';
export { type Learning, startLearning } from './start-learning.ts';
export {
  findBsuids,
  findHolders,
  findLeftBehind,
  insertContact,
  type LockedContact,
  learnIdentities,
  lockContacts,
  lockMatchKeys,
  moveIdentities,
  recordNames,
  retireIdentities,
} from './store.ts';
