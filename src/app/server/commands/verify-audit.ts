import {
  type Fault,
  headsFileOf,
  type KeptHeads,
  readHeads,
  type Verdict,
  verifySeals,
} from '#features/audit/server/index.ts';
import type { Config } from '#platform/server/config.ts';
import { withInstallation } from './open-installation.ts';

const looksRestored =
  'A database restored from an older backup looks the same while the heads of before are compared with it: see "The audit log" in docs/operations.md';

const words: Readonly<Record<Fault['kind'], (fault: Fault) => string>> = {
  changed: ({ seq, eventId }) => `event ${eventId} at place ${seq} was changed`,
  'event-missing': ({ seq, eventId }) => `event ${eventId} at place ${seq} is gone`,
  gap: ({ seq }) => `there is a gap at place ${seq}`,
  cut: ({ seq, headAt }) =>
    `the end is cut off from place ${seq} on: it was there at ${headAt}. ${looksRestored}`,
  'other-chain': ({ seq, headAt }) =>
    `place ${seq} is not what it was at ${headAt}. ${looksRestored}`,
  unsealed: ({ count }) => `${count} events are not sealed, and nothing would seal them`,
  overdue: ({ count, since }) =>
    `${count} events wait for their seal although a worker runs, the oldest since ${since}`,
};

const mostLinesNamed = 10;

const wordsOfUnreadable = (numbers: readonly number[], file: string): string => {
  const named = numbers.slice(0, mostLinesNamed).join(', ');
  const others = numbers.length - mostLinesNamed;
  const more = others > 0 ? ` and ${others} more` : '';
  const lines = numbers.length === 1 ? 'line' : 'lines';
  const are = numbers.length === 1 ? 'is not a head' : 'are not heads';
  return `  ${lines} ${named}${more} of ${file} ${are} of an audit log: a full disk or a lost machine leaves half a line, somebody may have changed it`;
};

const wordsOf = (verdict: Verdict, unreadable: readonly number[], file: string): string => {
  const { workspaces, events, headsCompared, faults, waiting } = verdict;
  const size = `${events} sealed events of ${workspaces} workspaces, compared with ${headsCompared} heads kept outside`;
  const whole = unreadable.length === 0 ? 'whole' : 'whole by the heads that could be read';
  return [
    `the audit log is ${faults.length === 0 ? whole : 'NOT whole'}: ${size}`,
    ...faults.map((fault) => `  workspace ${fault.workspaceId}: ${words[fault.kind](fault)}`),
    ...waiting.map(
      ({ workspaceId, count, since }) =>
        `  workspace ${workspaceId}: ${count} events wait for their seal, the oldest since ${since}. No worker is seen that seals them`,
    ),
    ...(unreadable.length === 0 ? [] : [wordsOfUnreadable(unreadable, file)]),
  ].join('\n');
};

const nothingCompared = 'nothing was compared';

/**
 * What is kept in a file that somebody named: it was named to be compared with, so one without a head is a mistake.
 * @throws Error which names the file, where nothing in it is a head
 */
const readNamed = async (file: string): Promise<KeptHeads> => {
  const kept = await readHeads(file).catch((cause: unknown) => {
    throw new Error(`${file} cannot be read: ${nothingCompared}`, { cause });
  });
  if (kept === undefined) {
    throw new Error(`there is no file ${file}: ${nothingCompared}`);
  }
  if (kept.heads.length === 0) {
    throw new Error(`${file} holds no head of an audit log: ${nothingCompared}`);
  }
  return kept;
};

/** The worker has perhaps not written any yet. */
const readOwn = async (file: string): Promise<KeptHeads> =>
  (await readHeads(file)) ?? { heads: [], unreadable: [] };

/**
 * Compares the audit log with its seals and with the heads kept outside the database.
 * @param named the file of the heads, where it is not that of the data directory
 * @returns what to print
 * @throws Error with the same when the log is not whole, or not every head could be read; and when the named file has none
 */
export const verifyAudit = async (config: Config, named?: string): Promise<string> => {
  const file = named ?? headsFileOf(config);
  const { heads, unreadable } = await (named === undefined ? readOwn(file) : readNamed(file));
  const verdict = await withInstallation(config, (deps) => verifySeals(deps, heads));
  const text = wordsOf(verdict, unreadable, file);
  if (verdict.faults.length > 0 || unreadable.length > 0) {
    throw new Error(text);
  }
  return text;
};
