import { sql } from 'kysely';
import { pino } from 'pino';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { BlockImport, BlockImportRow } from '../../../imports/contract.ts';
import { applyImport } from '../apply-import.job.ts';
import { findImport, listRows } from '../import-queries.ts';
import { startImport } from '../run-import.ts';
import { takeImport } from '../take-import.ts';
import { undoImport } from '../undo-import.job.ts';
import { startUndo } from '../undo-import.ts';

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

/** Reads a file as the API does. */
export const read = async (deps: Deps, actor: Actor, text: string): Promise<BlockImport> => {
  const id = await takeImport(deps, actor, bytesOf(text), 'bloqueios.csv');
  return stateOf(deps, actor, id);
};

export const stateOf = async (deps: Deps, actor: Actor, id: string): Promise<BlockImport> => {
  const found = await findImport(deps.db, actor.workspaceId, id);
  if (found === undefined) {
    throw new Error('there is no such import');
  }
  return found;
};

export const rowsOf = async (
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<readonly BlockImportRow[]> =>
  (await listRows(deps.db, actor.workspaceId, id, { limit: 100 })).items;

/** What a worker does: one run of the job. */
export const runOnce = (deps: Deps, actor: Actor, id: string, attempt = 1): Promise<void> =>
  applyImport.run(
    { workspaceId: actor.workspaceId, importId: id },
    { deps, log: pino({ level: 'silent' }), attempt },
  );

export const start = (deps: Deps, actor: Actor, id: string): Promise<BlockImport> =>
  inTx(deps, actor, (ctx) => startImport(ctx, id));

/** From *Importar* to the end. */
export const apply = async (deps: Deps, actor: Actor, id: string): Promise<BlockImport> => {
  await start(deps, actor, id);
  for (let runs = 0; runs < 100; runs += 1) {
    await runOnce(deps, actor, id);
    const now = await stateOf(deps, actor, id);
    if (now.state !== 'applying') {
      return now;
    }
  }
  throw new Error('the import never ended');
};

export const startUndoing = (deps: Deps, actor: Actor, id: string): Promise<BlockImport> =>
  inTx(deps, actor, (ctx) => startUndo(ctx, id));

/** What a worker does: one run of the job that takes an import back. */
export const undoOnce = (deps: Deps, actor: Actor, id: string, attempt = 1): Promise<void> =>
  undoImport.run(
    { workspaceId: actor.workspaceId, importId: id },
    { deps, log: pino({ level: 'silent' }), attempt },
  );

/** From *Desfazer importação* to the end. */
export const undo = async (deps: Deps, actor: Actor, id: string): Promise<BlockImport> => {
  await startUndoing(deps, actor, id);
  for (let runs = 0; runs < 100; runs += 1) {
    await undoOnce(deps, actor, id);
    const now = await stateOf(deps, actor, id);
    if (now.undo?.state !== 'running') {
      return now;
    }
  }
  throw new Error('the undoing never ended');
};

/** How many rows of a file still hold anything of it. */
export const countKept = async (deps: Deps, id: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from block_import_row where import_id = ${id}
       and coalesce(value, match_key, account_key, kind, name, reason, note) is not null`.execute(
    deps.db,
  );
  return rows[0]?.n ?? -1;
};

export const jobsNamed = async (deps: Deps, name: string): Promise<Record<string, unknown>[]> => {
  const { rows } = await sql<{ payload: Record<string, unknown> }>`
    select p.payload from graphile_worker._private_jobs p
      join graphile_worker._private_tasks t on t.id = p.task_id where t.identifier = ${name}`.execute(
    deps.db,
  );
  return rows.map(({ payload }) => payload);
};
