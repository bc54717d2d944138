import type { ListAddress, ListOutcome } from '#channels/block-list-port.ts';
import { mostAddresses } from '#channels/block-list-port.ts';
import { lockContacts } from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { dropIdle, findIdle } from './idle-store.ts';
import type { ListPlace } from './job-names.ts';
import {
  dropRemoved,
  findListFull,
  findStanding,
  noteRest,
  recordOutcomes,
  retryListFull,
  type Settled,
} from './outcome-store.ts';
import { forgetFound } from './reading-store.ts';
import { type DueRow, findAdditions, findRemovals, markTried } from './row-store.ts';
import {
  type DueStranger,
  findDueStrangers,
  forgetStrangersNamed,
  keepBlockedStrangers,
  leaveToPeople,
  recordStrangers,
} from './stranger-store.ts';

/** Tries in a row without an end, after which it is called failed; the daily check tries it again. */
const mostTries = 8;
const noAnswer = 'no-answer';
/** Where the layer is off no reading asks again for what could not be taken off: the number rests, and all of it is tried anew. */
const offRestMs = 3_600_000;

/** One request: whom it names, in order. */
export interface Round {
  readonly verb: 'block' | 'unblock';
  readonly rows: readonly DueRow[];
  readonly strangers: readonly DueStranger[];
  /** Requests in a row that WhatsApp wanted later. */
  readonly attempt: number;
}

export type NextRound =
  | { readonly kind: 'round'; readonly round: Round }
  | { readonly kind: 'resting'; readonly restMs: number }
  /** There was nothing to ask, and there may be by now. */
  | { readonly kind: 'again' }
  | { readonly kind: 'idle' };

export const addressesOf = ({ rows, strangers }: Round): ListAddress[] => [
  ...rows.map(({ kind, value }) => ({ kind, value })),
  ...strangers.map(
    ({ phone, bsuid }): ListAddress =>
      phone === null ? { kind: 'bsuid', value: bsuid ?? '' } : { kind: 'phone', value: phone },
  ),
];

/** The rows of a contact are written under its lock alone, like all that hangs on it (gate.md, locks). */
const lockOf = async (ctx: Ctx, place: ListPlace, contactIds: readonly string[]): Promise<void> => {
  const { workspaceId } = place;
  await lockContacts(
    ctx.tx,
    contactIds.map((contactId) => ({ workspaceId, contactId })),
  );
};

/** What is to be asked next, by what is wanted now; removals first, they make room. */
export const nextRound = async (ctx: Ctx, place: ListPlace): Promise<NextRound> => {
  const standing = await findStanding(ctx.tx, place);
  if (!(standing?.isConnected && standing.hasDue)) {
    return { kind: 'idle' };
  }
  if (standing.restMs > 0) {
    return { kind: 'resting', restMs: standing.restMs };
  }
  const idle = await findIdle(ctx.tx, place, mostAddresses);
  const removals = await findRemovals(ctx.tx, place, mostAddresses);
  // Whom a block here has kept on the list since is not among them, whether or not that is written down yet.
  const strangers = await findDueStrangers(ctx.tx, place, mostAddresses - removals.length);
  const isRemoval = removals.length + strangers.length > 0;
  const found = isRemoval ? [] : await findAdditions(ctx.tx, place, mostAddresses);
  // All of them at once: a second lock of this transaction would be out of order.
  await lockOf(ctx, place, [...idle, ...found.map((row) => row.contactId)]);
  // Rows of strangers come after contacts, as where a person decides about one.
  await keepBlockedStrangers(ctx.tx, place);
  await dropIdle(ctx.tx, place, idle);
  const attempt = standing.rests;
  if (isRemoval) {
    return { kind: 'round', round: { verb: 'unblock', rows: removals, strangers, attempt } };
  }
  const rows = await markTried(ctx.tx, place, found);
  if (rows.length > 0) {
    return { kind: 'round', round: { verb: 'block', rows, strangers: [], attempt } };
  }
  // Idle ones beyond the limit, or those that moved while they were being locked, are another transaction's.
  return { kind: idle.length + found.length === 0 ? 'idle' : 'again' };
};

const codeOf = (outcome: ListOutcome): string => ('code' in outcome ? outcome.code : noAnswer);

/** Asked again by itself, as long as it is not too often. */
const isOpen = (outcome: ListOutcome, tries: number): boolean =>
  (outcome.kind === 'retry' || outcome.kind === 'unknown') && tries + 1 < mostTries;

/** Said of this address; a refused request, silence and a number that was disconnected meanwhile say nothing of it. */
const isFinal = (outcome: ListOutcome): boolean =>
  outcome.kind === 'refused' && outcome.isWhole !== true;

const settledAddition = (row: DueRow, outcome: ListOutcome): Settled => {
  if (outcome.kind === 'done') {
    return { ...row, state: 'applied', code: null, isListed: true, isDue: false };
  }
  if (outcome.kind === 'refused') {
    // What was on the list may still be: only a reading of it says that it is not.
    return { ...row, state: outcome.why, code: outcome.code.slice(0, 60), isDue: false };
  }
  const isListed = row.isListed || outcome.kind === 'unknown';
  return isOpen(outcome, row.tries)
    ? { ...row, isListed, isDue: true }
    : { ...row, state: 'failed', code: codeOf(outcome).slice(0, 60), isListed, isDue: false };
};

const recordAdditions = async (
  ctx: Ctx,
  place: ListPlace,
  rows: readonly DueRow[],
  outcomes: readonly ListOutcome[],
): Promise<void> => {
  const settled = rows.map((row, at) => settledAddition(row, outcomes[at] ?? { kind: 'unknown' }));
  await recordOutcomes(ctx.tx, place, settled);
  for (const [at, { contactId, state, code }] of settled.entries()) {
    const before = rows[at];
    if (before?.state !== state || before.code !== code) {
      ctx.notices.add(place.workspaceId, 'contact', contactId);
    }
  }
};

/**
 * @param waiting for whom the list was too full; they are locked as well
 * @returns whether some are still there of whom WhatsApp has said nothing
 */
const recordRemovals = async (
  ctx: Ctx,
  place: ListPlace,
  rows: readonly DueRow[],
  outcomes: readonly ListOutcome[],
  waiting: readonly string[],
): Promise<boolean> => {
  const ends = rows.map((row, at) => ({
    row,
    outcome: outcomes[at] ?? ({ kind: 'unknown' } as const),
  }));
  const removed = ends.filter(({ outcome }) => outcome.kind === 'done');
  const open = ends.filter(({ row, outcome }) => isOpen(outcome, row.tries));
  const over = ends.filter(
    ({ row, outcome }) => outcome.kind !== 'done' && !isOpen(outcome, row.tries),
  );
  // Whom WhatsApp does not let go of a person is asked about. Where it could not be asked, the next reading of the list finds them and asks again.
  const stuck = over.filter(({ outcome }) => isFinal(outcome));
  const left = over.filter(({ outcome }) => !isFinal(outcome));
  await recordOutcomes(ctx.tx, place, [
    ...removed.map(
      ({ row }): Settled => ({
        ...row,
        state: 'pending',
        code: null,
        isListed: false,
        isDue: false,
      }),
    ),
    ...open.map(({ row }): Settled => ({ ...row, isDue: true })),
    ...left.map(({ row }): Settled => ({ ...row, isListed: true, isDue: false })),
  ]);
  const given = stuck.map(({ row, outcome }) => ({ ...row, code: codeOf(outcome).slice(0, 60) }));
  await leaveToPeople(ctx.tx, place, given);
  for (const { contactId } of [...removed.map(({ row }) => row), ...given]) {
    ctx.notices.add(place.workspaceId, 'contact', contactId);
  }
  await dropRemoved(ctx.tx, place, [...removed.map(({ row }) => row), ...given]);
  if (removed.length > 0) {
    const names = removed.map(({ row }) => row.matchKey);
    await forgetStrangersNamed(ctx.tx, place, names);
    await forgetFound(ctx.tx, place, names);
    await retryListFull(ctx.tx, place, waiting);
  }
  return left.length > 0;
};

/** Records what a request came to. What was wanted meanwhile makes its row due again, and the next round sees it. */
export const recordRound = async (
  ctx: Ctx,
  place: ListPlace,
  { verb, rows, strangers }: Round,
  {
    outcomes,
    restMs,
  }: { readonly outcomes: readonly ListOutcome[]; readonly restMs: number | null },
): Promise<void> => {
  const waiting =
    verb === 'unblock' ? await findListFull(ctx.tx, place, rows.length + strangers.length) : [];
  await lockOf(ctx, place, [...rows.map((row) => row.contactId), ...waiting]);
  let isLeft = false;
  if (verb === 'block') {
    await recordAdditions(ctx, place, rows, outcomes);
  } else {
    isLeft = await recordRemovals(ctx, place, rows, outcomes, waiting);
    const ends = strangers.map(({ id, tries }, at) => {
      const outcome = outcomes[rows.length + at] ?? ({ kind: 'unknown' } as const);
      const code = outcome.kind === 'done' ? null : codeOf(outcome).slice(0, 60);
      return { id, code, isDue: isOpen(outcome, tries) };
    });
    const gone = await recordStrangers(ctx.tx, place.workspaceId, ends);
    await forgetFound(ctx.tx, place, gone);
  }
  const isOff = isLeft && (await findStanding(ctx.tx, place))?.isOn !== true;
  await noteRest(ctx.tx, place, isOff ? Math.max(restMs ?? 0, offRestMs) : restMs);
};
