/** The door of the journal: all that others may use. */
export { appendDue } from './append-due.ts';
export { appendRegularly } from './append-regularly.ts';
export type { Applied, DoAgain, EraseAgain, RemoveAgain } from './apply-journal.ts';
export type { JournaledName, JournaledRemoval } from './journal-body.ts';
export {
  forgetPrint,
  isJournaled,
  noteContacts,
  noteNameRemoval,
  notePrints,
  noteRemovals,
  openPrints,
} from './note-removals.ts';
export { openJournal } from './open-journal.ts';
export { JournalRefusedError, type JournalTrouble } from './read-journal.ts';
export { type Compared, recreateJournal, verifyJournal } from './recreate-journal.ts';
