import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import { type Actor, type Ctx, type Deps, systemActor } from '#platform/server/deps.ts';
import { AppError } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { exchangeLimits } from '../../exchange/contract.ts';
import {
  findSealedKey,
  findUnstretched,
  insertExport,
  keepStretched,
  markExportReady,
} from './export-store.ts';
import { type ExportPayload, enqueueStretching } from './job-names.ts';
import { keyCheckOf, makeKey, saltOf, stretchAll } from './stretch.ts';

const placeOf = (workspaceId: string, exportId: string): string =>
  `exchange_export/${workspaceId}/${exportId}`;

interface Made {
  readonly id: string;
  readonly salt: Buffer;
  readonly keyCheck: Buffer;
}

const startInTx = async (ctx: Ctx, { id, salt, keyCheck }: Made, most: number): Promise<void> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const sealedKey = ctx.keyed.seal('exchange-key', salt.toString('hex'), placeOf(workspaceId, id));
  const entries = await insertExport(ctx.tx, ctx.actor, { id, sealedKey, keyCheck }, most);
  if (entries > most) {
    throw new AppError('exchange-export-too-large', 422, { detail: `at most ${most} numbers` });
  }
  await enqueueStretching(ctx.tx, { workspaceId, exportId: id });
  await audit(ctx, { action: 'gate.exchange-list-exported', details: { exportId: id, entries } });
};

/**
 * Begins to make a list for another unit.
 * @param most of them the other unit reads; tests lower it
 * @returns the key, which is not kept in clear anywhere
 * @throws AppError exchange-export-too-large
 */
export const startExport = async (
  deps: Deps,
  actor: Actor,
  typedKey: string | undefined,
  most: number = exchangeLimits.entries,
): Promise<{ id: string; key: string }> => {
  const key = typedKey ?? makeKey();
  const salt = saltOf(key);
  const made = { id: newId(), salt, keyCheck: await keyCheckOf(salt) };
  await inTx(deps, actor, (ctx) => startInTx(ctx, made, most));
  return { id: made.id, key };
};

const pieceSize = 100;
/** Then it gives way; a process that dies repeats one piece. */
const longestRunMs = 5_000;

const stretchForAWhile = async (
  deps: Deps,
  { workspaceId, exportId }: ExportPayload,
  salt: Buffer,
): Promise<boolean> => {
  const until = performance.now() + longestRunMs;
  while (performance.now() < until) {
    const matchKeys = await findUnstretched(deps.db, workspaceId, exportId, pieceSize);
    if (matchKeys.length === 0) {
      return true;
    }
    const stretched = await stretchAll(salt, matchKeys);
    const entries = stretched.map((bytes, index) => {
      return { matchKey: matchKeys[index] ?? '', stretched: bytes };
    });
    await keepStretched(deps.db, workspaceId, exportId, entries);
  }
  return false;
};

/** The numbers of an export become what the other unit gets. */
export const stretchExport = async (deps: Deps, payload: ExportPayload): Promise<void> => {
  const { workspaceId, exportId } = payload;
  const sealed = await findSealedKey(deps.db, workspaceId, exportId);
  if (sealed === undefined) {
    return;
  }
  const salt = deps.keyed.unseal('exchange-key', sealed, placeOf(workspaceId, exportId));
  if (salt === undefined) {
    throw new Error('the key of an export does not open here');
  }
  const isOver = await stretchForAWhile(deps, payload, Buffer.from(salt, 'hex'));
  await inTx(deps, systemActor(workspaceId), ({ tx }) =>
    isOver ? markExportReady(tx, workspaceId, exportId) : enqueueStretching(tx, payload),
  );
};
