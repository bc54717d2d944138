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

const wordsOf = ({ workspaces, events, headsCompared, faults, waiting }: Verdict): string => {
  const size = `${events} sealed events of ${workspaces} workspaces, compared with ${headsCompared} heads kept outside`;
  return [
    `the audit log is ${faults.length === 0 ? 'whole' : 'NOT whole'}: ${size}`,
    ...faults.map((fault) => `  workspace ${fault.workspaceId}: ${words[fault.kind](fault)}`),
    ...waiting.map(
      ({ workspaceId, count, since }) =>
        `  workspace ${workspaceId}: ${count} events wait for their seal, the oldest since ${since}. No worker is seen that seals them`,
    ),
  ].join('\n');
};

/**
 * Compares the audit log with its seals and with the heads kept outside the database.
 * @param file of the heads, where it is not that of the data directory
 * @returns what to print
 * @throws Error with the same when the log is not whole
 */
export const verifyAudit = async (config: Config, file = headsFileOf(config)): Promise<string> => {
  const heads = (await readHeads(file)) ?? [];
  const verdict = await withInstallation(config, (deps) => verifySeals(deps, heads));
  if (verdict.faults.length > 0) {
    throw new Error(wordsOf(verdict));
  }
  return wordsOf(verdict);
};
