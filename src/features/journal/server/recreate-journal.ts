import { audit } from '#platform/server/audit.ts';
import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { journalPlaceOf } from '#platform/server/journal/index.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import { appendDue } from './append-due.ts';
import { listWorkspaceIds } from './journal-queries.ts';
import { findState, forgetState, makeAllDue } from './journal-store.ts';
import { withJournalLock } from './lock-journal.ts';
import { JournalRefusedError, type JournalTrouble, readUnknown } from './read-journal.ts';
import { beginJournal } from './write-entries.ts';

export interface Compared {
  /** Lines that the database does not know of; at the next start it does again what they say. */
  readonly unknown: number;
  /** The last line there is; 0 for no journal. */
  readonly last: number;
  readonly place: string;
}

const longestWaitMs = 30_000;

/**
 * Compares every line with its signature, and the journal with the database.
 * @throws JournalRefusedError when they do not fit together
 */
export const verifyJournal = async (deps: Deps): Promise<Compared> => {
  const place = journalPlaceOf(deps.config);
  const state = await findState(deps.db);
  let unknown = 0;
  for await (const _line of readUnknown(deps, place, state, true)) {
    unknown += 1;
  }
  return { unknown, last: (state?.seq ?? 0) + unknown, place: place.name };
};

/** Why a new one is made. */
const troubleOf = async (deps: Deps): Promise<JournalTrouble | 'none'> => {
  try {
    await verifyJournal(deps);
    return 'none';
  } catch (error) {
    if (error instanceof JournalRefusedError) {
      return error.trouble;
    }
    throw error;
  }
};

/**
 * Makes a new journal of what this database knows: all that it removed, and how every contact stands that was ever blocked.
 * What only the journal before knew is not in it; that one is kept under another name. Recorded in every workspace.
 * @returns where the one before is, and how much was written
 */
export const recreateJournal = async (
  deps: Deps,
): Promise<{ readonly aside: string; readonly written: number; readonly place: string }> => {
  const place = journalPlaceOf(deps.config);
  const aside = await withJournalLock(deps, longestWaitMs, async () => {
    const trouble = await troubleOf(deps);
    const before = await place.setAside();
    await inTx(deps, systemActor(everyWorkspace), async (ctx) => {
      await forgetState(ctx.tx);
      await makeAllDue(ctx.tx);
      for (const workspaceId of await listWorkspaceIds(ctx.tx)) {
        await audit(
          { ...ctx, actor: systemActor(workspaceId) },
          { action: 'installation.journal-recreated', details: { trouble } },
        );
      }
    });
    await beginJournal(deps, place);
    return before;
  });
  return { aside, written: await appendDue(deps), place: place.name };
};
