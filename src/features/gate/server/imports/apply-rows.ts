import {
  type FoundPeople,
  findOrCreatePeople,
  type MatchKey,
} from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import type { RowCause, RowResult } from '../../imports/contract.ts';
import { blockContact } from '../block-contact.ts';
import { findOpenBlocks, type OpenBlockOf } from '../block-store.ts';
import { openBlocks } from '../open-blocks.ts';
import { findAllOnWire, type OnWire } from '../queries.ts';
import { noteIdentities } from '../upstream/heal-store.ts';
import { endByClock } from '../write-down-end.ts';
import { findWaitingRows, type WaitingRow } from './import-queries.ts';
import { type Applying, lockApplying, recordRows } from './import-store.ts';
import { finishImport } from './run-import.ts';

/** So many rows share a transaction: their contacts are locked for as long, and their ids fit into one notice. */
const batchSize = 150;

export interface AppliedRows {
  /** Nothing is left to do: done, cancelled, or forgotten. */
  readonly isOver: boolean;
  /** Of those who were blocked now. */
  readonly onWire: readonly OnWire[];
}

interface Outcome {
  readonly result: RowResult;
  readonly cause: RowCause | null;
  /** The block that the row made, changed, or found as it is to be. */
  readonly blockId: string | null;
}

interface RowWithContact extends WaitingRow {
  readonly contactId: string;
  /** It has told us another name of somebody we knew. */
  readonly hasTaught: boolean;
}

const over: AppliedRows = { isOver: true, onWire: [] };
const pastEnd: Outcome = { result: 'error', cause: 'until-past', blockId: null };
const twoPeople: Outcome = { result: 'error', cause: 'names-differ', blockId: null };
const as = (result: RowResult, blockId: string | null = null): Outcome => {
  return { result, cause: null, blockId };
};

/** What the row asks for; what its file has no column for stays as it is. */
const wantedOf = (row: WaitingRow, { hasNote, hasUntil }: Applying, open: OpenBlockOf) => ({
  reason: row.reason,
  note: hasNote ? row.note : open.note,
  expiresAt: hasUntil ? row.expiresAt : open.expiresAt,
  upstream: open.upstream,
});

const toSecond = (at: Date | null): number | null =>
  at === null ? null : Math.floor(at.getTime() / 1_000);

/** As a file tells it: lines that break in one way, and nothing for an empty one. */
const told = (note: string | null): string | null => note?.replaceAll('\r\n', '\n') || null;

const edit = async (
  ctx: Ctx,
  row: RowWithContact,
  applying: Applying,
  open: OpenBlockOf,
): Promise<Outcome> => {
  const wanted = wantedOf(row, applying, open);
  const isSame =
    wanted.reason === open.reason &&
    told(wanted.note) === told(open.note) &&
    toSecond(wanted.expiresAt) === toSecond(open.expiresAt);
  if (isSame) {
    return as(row.hasTaught ? 'edited' : 'unchanged', open.id);
  }
  try {
    await blockContact(ctx, { ...wanted, contactId: row.contactId });
    return as('edited', open.id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'block-end-in-the-past') {
      return pastEnd;
    }
    throw error;
  }
};

const namesOf = ({ kind, key, value, accountKey }: WaitingRow): MatchKey[] => [
  { kind, key, value },
  ...(accountKey === null
    ? []
    : [{ kind: 'bsuid', key: accountKey, value: accountKey.slice('bsuid:'.length) } as const]),
];

/** A block that stood already reaches another name by now. */
const tellLearnt = async (ctx: Ctx, { learnt }: FoundPeople): Promise<void> => {
  await noteIdentities(ctx.tx, ctx.actor.workspaceId, learnt);
  for (const contactId of learnt) {
    ctx.notices.add(ctx.actor.workspaceId, 'contact', contactId);
  }
};

/** Of two rows that turn out to be one person the first counts. */
const splitTwice = (
  rows: readonly WaitingRow[],
  { contactIds, learnt }: FoundPeople,
): { first: RowWithContact[]; outcomes: Map<number, Outcome> } => {
  const seen = new Set<string>();
  const outcomes = new Map<number, Outcome>();
  const first: RowWithContact[] = [];
  for (const [at, row] of rows.entries()) {
    const contactId = contactIds[at] ?? null;
    if (contactId === null) {
      outcomes.set(row.line, twoPeople);
    } else if (seen.has(contactId)) {
      outcomes.set(row.line, as('duplicate'));
    } else {
      seen.add(contactId);
      first.push({ ...row, contactId, hasTaught: learnt.includes(contactId) });
    }
  }
  return { first, outcomes };
};

const openNew = async (
  ctx: Ctx,
  rows: readonly RowWithContact[],
  outcomes: Map<number, Outcome>,
): Promise<void> => {
  const inputs = rows.map(({ contactId, reason, note, expiresAt }) => {
    return { contactId, reason, note, expiresAt, upstream: true, cause: 'import' as const };
  });
  const ids = await openBlocks(ctx, inputs);
  for (const [index, { line }] of rows.entries()) {
    const id = ids[index] ?? null;
    outcomes.set(line, id === null ? pastEnd : as('blocked', id));
  }
};

const blockRows = async (
  ctx: Ctx,
  rows: readonly RowWithContact[],
  applying: Applying,
  outcomes: Map<number, Outcome>,
): Promise<void> => {
  const { workspaceId } = ctx.actor;
  const contactIds = rows.map(({ contactId }) => contactId);
  const open = await findOpenBlocks(ctx.tx, workspaceId, contactIds);
  const fresh: RowWithContact[] = [];
  for (const row of rows) {
    const known = open.get(row.contactId);
    if (known?.isActive) {
      outcomes.set(row.line, await edit(ctx, row, applying, known));
    } else {
      if (known !== undefined) await endByClock(ctx, row.contactId, known.id);
      fresh.push(row);
    }
  }
  await openNew(ctx, fresh, outcomes);
};

const record = async (
  ctx: Ctx,
  importId: string,
  rows: readonly WaitingRow[],
  { contactIds }: FoundPeople,
  outcomes: ReadonlyMap<number, Outcome>,
): Promise<void> => {
  const tally: Partial<Record<RowResult, number>> = {};
  const done = rows.map(({ line }, at) => {
    const outcome = outcomes.get(line) ?? as('not-done');
    tally[outcome.result] = (tally[outcome.result] ?? 0) + 1;
    return { line, contactId: contactIds[at] ?? null, ...outcome };
  });
  await recordRows(ctx.tx, ctx.actor.workspaceId, importId, done, tally);
};

/**
 * The next rows of an import, in one transaction: contacts found or made and locked in order, then what each row asks for by
 * what holds now, whatever was planned. The import is locked before them, which is in nobody's way: whoever else wants it
 * (a second run, *Cancelar*) holds no contact.
 */
export const applyRows = async (ctx: Ctx, importId: string): Promise<AppliedRows> => {
  const { workspaceId } = ctx.actor;
  const applying = await lockApplying(ctx.tx, workspaceId, importId);
  if (applying?.state !== 'applying') {
    return over;
  }
  const from = { after: applying.appliedLine, limit: batchSize };
  const rows = await findWaitingRows(ctx.tx, workspaceId, importId, from);
  if (rows.length === 0) {
    await finishImport(ctx, importId, 'done');
    return over;
  }
  const people = await findOrCreatePeople(
    ctx,
    rows.map((row) => ({ identities: namesOf(row), givenName: row.name })),
  );
  const { first, outcomes } = splitTwice(rows, people);
  await blockRows(ctx, first, applying, outcomes);
  await tellLearnt(ctx, people);
  await record(ctx, importId, rows, people, outcomes);
  const contactIds = first.map(({ contactId }) => contactId);
  return { isOver: false, onWire: await findAllOnWire(ctx.tx, workspaceId, contactIds) };
};
