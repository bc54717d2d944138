import { requireCan } from '#features/accounts/server/index.ts';
import { audit } from '#platform/server/audit.ts';
import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { AppError, notFound } from '#platform/server/errors.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { newId } from '#platform/shared/ids.ts';
import { enqueueMatching } from './job-names.ts';
import { readList } from './list-file.ts';
import { deleteList, findKeyCheck, insertList, keepKey, openListWith } from './list-store.ts';
import { sealSalt } from './lookups.ts';
import { keyCheckOf, saltOf } from './stretch.ts';

/** Keeps a list that another unit has sent; until its key is given it does nothing. @throws AppError exchange-list-unreadable */
export const addList = async (ctx: Ctx, name: string, text: string): Promise<string> => {
  requireCan(ctx.actor, 'block.manage');
  const file = readList(text);
  const id = newId();
  await insertList(ctx.tx, ctx.actor, { ...file, id, name });
  const details = { listId: id, entries: file.entries.length };
  await audit(ctx, { action: 'gate.exchange-list-added', details });
  return id;
};

const openInTx = async (ctx: Ctx, listId: string, salt: Buffer): Promise<void> => {
  requireCan(ctx.actor, 'block.manage');
  const { workspaceId } = ctx.actor;
  const id = newId();
  // The seal is for the row, so the row has to be known first: one that is there keeps its own.
  const keyId = await keepKey(ctx.tx, {
    workspaceId,
    id,
    fingerprint: ctx.keyed.hash('exchange-key', `${workspaceId}/${salt.toString('hex')}`),
    sealed: sealSalt(ctx.keyed, salt, workspaceId, id),
  });
  if (!(await openListWith(ctx.tx, workspaceId, listId, keyId))) {
    throw new AppError('exchange-list-open', 409);
  }
  await enqueueMatching(ctx.tx, { workspaceId, listId });
  await audit(ctx, { action: 'gate.exchange-list-opened', details: { listId } });
};

/**
 * From its commit on every number that comes in is looked up in the list; whom we know already a job compares.
 * @throws AppError exchange-list-not-found, exchange-key-wrong, exchange-list-open
 */
export const openList = async (
  deps: Deps,
  actor: Actor,
  listId: string,
  key: string,
): Promise<void> => {
  const found = await findKeyCheck(deps.db, actor.workspaceId, listId);
  if (found === undefined) {
    throw notFound('exchange-list');
  }
  const salt = saltOf(key);
  if (!(await keyCheckOf(salt)).equals(found.keyCheck)) {
    throw new AppError('exchange-key-wrong', 422);
  }
  await inTx(deps, actor, (ctx) => openInTx(ctx, listId, salt));
};

/** It is not looked up any more, and its key is forgotten with the last list under it. Blocks that it opened stay. */
export const removeList = async (ctx: Ctx, listId: string): Promise<void> => {
  requireCan(ctx.actor, 'block.manage');
  if (!(await deleteList(ctx.tx, ctx.actor.workspaceId, listId))) {
    throw notFound('exchange-list');
  }
  await audit(ctx, { action: 'gate.exchange-list-removed', details: { listId } });
};
