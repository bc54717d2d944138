import { type Deps, systemActor } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import {
  type JournalHead,
  type JournalPlace,
  journalPlaceOf,
} from '#platform/server/journal/index.ts';
import { everyWorkspace } from '#platform/shared/ids.ts';
import type { JournalBody } from './journal-body.ts';
import { findDue, findState, findUnwritten, findWaiting, writeState } from './journal-store.ts';
import { withJournalLock } from './lock-journal.ts';
import { type ReadLine, readUnknown } from './read-journal.ts';
import { beginJournal, writeDue } from './write-entries.ts';

const atOnce = 500;
const longestWaitMs = 5_000;

/** Whether this very database had it written, by a process that died before it could say so. */
const isOwn = async ({ db }: Pick<Deps, 'db'>, body: JournalBody): Promise<boolean> => {
  switch (body.kind) {
    case 'begun':
      return false;
    case 'contact':
      return (await findWaiting(db, body.due)).size === body.due.length;
    case 'removal': {
      const ids = body.messages.map(({ id }) => id);
      return (await findUnwritten(db, body.workspaceId, ids)).size === ids.length;
    }
  }
};

/**
 * What a process wrote that died before it had noted it down is taken as written; it is written once more with what is
 * due, which changes nothing.
 * @throws Error when this database never had it written: it was restored under the servers that run
 */
const passOwn = async (
  deps: Deps,
  place: JournalPlace,
  state: JournalHead,
): Promise<JournalHead> => {
  let last: ReadLine | undefined;
  for await (const line of readUnknown(deps, place, state, false)) {
    if (!(await isOwn(deps, line.body))) {
      throw new Error(
        'the journal knows what this database does not, as after a restore: start Guarita anew',
      );
    }
    last = line;
  }
  if (last === undefined) {
    return state;
  }
  const head = { seq: last.seq, mac: last.mac };
  await inTx(deps, systemActor(everyWorkspace), (ctx) => writeState(ctx.tx, head));
  return head;
};

/** A start begins the journal; this is for a process that was started before there was one. */
const beginEmpty = async (deps: Deps, place: JournalPlace): Promise<JournalHead> => {
  for await (const _line of place.read(1)) {
    throw new Error('there is a journal that this database does not know: start Guarita anew');
  }
  return beginJournal(deps, place);
};

/**
 * Writes into the journal whatever waits for it: removals and how blocked contacts stand. What is written is there for good,
 * and noted so in the database afterwards; a process that dies in between leaves nothing to repair.
 * @param waitMs how long to wait for another process that writes
 * @returns how much was written
 * @throws JournalRefusedError, JournalBusyError, whatever the disk or the bucket throws; then it all waits on
 */
export const appendDue = async (deps: Deps, waitMs = longestWaitMs): Promise<number> => {
  const first = await findDue(deps.db, 1);
  if (first.removals.length + first.contacts.length === 0) {
    return 0;
  }
  return withJournalLock(deps, waitMs, async () => {
    const place = journalPlaceOf(deps.config);
    const state = await findState(deps.db);
    let head =
      state === undefined ? await beginEmpty(deps, place) : await passOwn(deps, place, state);
    for (let written = 0; ; ) {
      const due = await findDue(deps.db, atOnce);
      const count = due.removals.length + due.contacts.length;
      if (count === 0) {
        return written;
      }
      head = await writeDue(deps, place, head, due);
      written += count;
    }
  });
};
