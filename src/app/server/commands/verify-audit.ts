import {
  type Fault,
  headsFileOf,
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

/**
 * Compares the audit log with its seals and with the heads kept outside the database.
 * @param file of the heads, where it is not that of the data directory
 * @returns what to print
 * @throws Error with the same when the log is not whole, or not every head could be read
 */
export const verifyAudit = async (config: Config, file = headsFileOf(config)): Promise<string> => {
  const { heads, unreadable } = (await readHeads(file)) ?? { heads: [], unreadable: [] };
  const verdict = await withInstallation(config, (deps) => verifySeals(deps, heads));
  const text = wordsOf(verdict, unreadable, file);
  if (verdict.faults.length > 0 || unreadable.length > 0) {
    throw new Error(text);
  }
  return text;
};
