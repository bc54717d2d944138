import { findAwaitedAmong } from '#features/contacts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { FileTooLargeError, type SpooledFile } from '#platform/server/files/index.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { importLimits } from '../../imports/contract.ts';
import { deleteImport, insertImport, insertRows, markReady, type ReadRow } from './import-store.ts';
import { parseFile } from './parse-file.ts';
import { planRows, type WaitsFor } from './plan-store.ts';
import { type Columns, findColumns, readRow } from './read-row.ts';

/** So many rows are held at once, and stored by one statement. */
const pieceSize = 1_000;

const spoolFile = async (deps: Deps, bytes: AsyncIterable<Uint8Array>): Promise<SpooledFile> => {
  try {
    return await deps.files.spool(bytes, importLimits.bytes);
  } catch (error) {
    throw error instanceof FileTooLargeError
      ? new AppError('import-too-large', 413, { detail: `at most ${importLimits.bytes} bytes` })
      : error;
  }
};

const columnsOf = (heading: readonly string[]): Columns => {
  const columns = findColumns(heading);
  if (columns === undefined) {
    throw new AppError('import-columns-missing', 422, {
      detail: 'the first line must name a column for the number (or the id) and one for the reason',
    });
  }
  return columns;
};

interface Reading {
  readonly actor: Actor;
  readonly importId: string;
  readonly fileName: string | null;
}

/** Whoever waits for a name of these rows: found by its hash, so while the rows are at hand. */
const waitingFor = async (
  deps: Deps,
  actor: Actor,
  rows: readonly ReadRow[],
): Promise<WaitsFor[]> => {
  const { workspaceId } = actor;
  const named = rows.flatMap((row) =>
    row.kind === 'bad'
      ? []
      : [row.identity, ...(row.account === null ? [] : [row.account])].map((identity) => ({
          workspaceId,
          identity,
        })),
  );
  const { awaited } = await findAwaitedAmong({ tx: deps.db, keyed: deps.keyed }, named);
  return awaited
    .filter(({ isFormer }) => !isFormer)
    .map(({ identity, contactId }) => ({ key: identity.key, contactId }));
};

const hasOptional = ({ note, until }: Columns) => ({
  hasNote: note !== undefined,
  hasUntil: until !== undefined,
});

interface ReadFile {
  readonly rowCount: number;
  readonly columns: Columns;
  readonly waiting: readonly WaitsFor[];
}

const readRows = async (deps: Deps, path: string, reading: Reading): Promise<ReadFile> => {
  const { actor, importId } = reading;
  let columns: Columns | undefined;
  let piece: ReadRow[] = [];
  const waiting: WaitsFor[] = [];
  let count = 0;
  const store = async (): Promise<void> => {
    await insertRows(deps.db, actor.workspaceId, importId, piece);
    waiting.push(...(await waitingFor(deps, actor, piece)));
    piece = [];
  };
  for await (const { line, cells } of parseFile(path)) {
    if (columns === undefined) {
      columns = columnsOf(cells);
      const given = { id: importId, fileName: reading.fileName, ...hasOptional(columns) };
      await inTx(deps, actor, ({ tx }) => insertImport(tx, actor, given));
      continue;
    }
    count += 1;
    if (count > importLimits.rows) {
      throw new AppError('import-too-many-rows', 413, {
        detail: `at most ${importLimits.rows} rows`,
      });
    }
    piece.push({ ...readRow(cells, columns), line });
    if (piece.length === pieceSize) await store();
  }
  if (columns === undefined || count === 0) {
    throw new AppError('import-empty', 422);
  }
  await store();
  return { rowCount: count, columns, waiting };
};

/**
 * Reads a file of blocks and says what each of its rows would do. Changes nothing else, holds a piece of the file at a
 * time, and opens its own transactions: until the last one there is no import.
 * @throws AppError import-empty, import-columns-missing, import-unreadable, import-too-many-rows, import-too-large
 */
export const takeImport = async (
  deps: Deps,
  actor: Actor,
  bytes: AsyncIterable<Uint8Array>,
  fileName: string | undefined,
): Promise<string> => {
  const importId = newId();
  const { workspaceId } = actor;
  const file = await spoolFile(deps, bytes);
  try {
    const reading = { actor, importId, fileName: fileName || null };
    const { rowCount, columns, waiting } = await readRows(deps, file.path, reading);
    await inTx(deps, actor, async (ctx) => {
      const { tx } = ctx;
      await planRows(tx, { workspaceId, importId, ...hasOptional(columns), waiting });
      await markReady(tx, workspaceId, importId, rowCount);
      await audit(ctx, { action: 'gate.import-read', details: { importId, rows: rowCount } });
    });
    return importId;
  } catch (error) {
    // If this fails too, it is forgotten within the hour.
    await deleteImport(deps.db, workspaceId, importId).catch(() => undefined);
    throw error;
  } finally {
    await file.discard();
  }
};
