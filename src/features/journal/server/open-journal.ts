import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { type JournalHead, journalPlaceOf } from '#platform/server/journal/index.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { type Applied, applyMissed, type DoAgain, openMissed } from './apply-journal.ts';
import { findState, writeState } from './journal-store.ts';
import { withJournalLock } from './lock-journal.ts';
import { readUnknown } from './read-journal.ts';
import { beginJournal } from './write-entries.ts';

/** Another process may be doing again what a whole year removed. */
const longestWaitMs = 600_000;

/**
 * Compares the journal with the database, before anything is answered or sent. A database that is older than the journal (a
 * backup was restored) is brought to it: what was removed is removed again, who was blocked is blocked, who was let in again
 * is let in. Where there was never a journal one is begun.
 * @param again what stands right of this feature
 * @returns what was done; null when the database knew all of it
 * @throws JournalRefusedError when the journal is absent, behind the database, another one, or changed
 */
export const openJournal = (deps: Deps, again: DoAgain): Promise<Applied | null> =>
  withJournalLock(deps, longestWaitMs, async () => {
    const place = journalPlaceOf(deps.config);
    const state = await findState(deps.db);
    const missed = openMissed();
    let head: JournalHead | undefined;
    for await (const line of readUnknown(deps, place, state, place.isNear)) {
      missed.add(line);
      head = { seq: line.seq, mac: line.mac };
    }
    if (head === undefined) {
      if (state === undefined) {
        await beginJournal(deps, place);
      }
      return null;
    }
    const known = head;
    const applied = await applyMissed(deps, missed.all(), again);
    await inTx(deps, systemActor(everyWorkspace), (ctx) => writeState(ctx.tx, known));
    return applied;
  });
