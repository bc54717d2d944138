import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import type { Block } from '../contract.ts';
import { awaitWire } from './await-wire.ts';
import type { MadeBlock } from './block-contact.ts';
import { findBlock, findOnWire } from './queries.ts';

/** Blocks, and answers once nothing can go through any more (G2). @param work says which block and of whom */
export const answerBlock = async (
  deps: Deps,
  actor: Actor,
  work: (ctx: Ctx) => Promise<MadeBlock & { readonly contactId: string }>,
): Promise<{ block: Block; isNew: boolean; stillOnWire: string[] }> => {
  const { workspaceId } = actor;
  const { blockId, isNew, onWire } = await inTx(deps, actor, async (ctx) => {
    const made = await work(ctx);
    return { ...made, onWire: await findOnWire(ctx.tx, workspaceId, made.contactId) };
  });
  const stillOnWire = await awaitWire(deps.db, workspaceId, onWire);
  const block = await findBlock(deps.db, workspaceId, blockId);
  if (block === null) {
    throw new Error('a block that was just opened is not there');
  }
  return { block, isNew, stillOnWire };
};
