import type { Actor, Ctx, Deps } from '#platform/server/deps.ts';
import { inTx } from '#platform/server/in-tx.ts';
import { together } from '#platform/server/together.ts';
import type { Block } from '../contract.ts';
import { awaitWire } from './await-wire.ts';
import type { MadeBlock } from './block-contact.ts';
import { findAllOnWire, findBlock } from './queries.ts';

/**
 * Blocks, and answers once nothing can go through any more (G2).
 * @param work says which block and whose; of somebody who is more than one contact, the others as well
 */
export const answerBlock = async (
  deps: Deps,
  actor: Actor,
  work: (
    ctx: Ctx,
  ) => Promise<
    MadeBlock & { readonly contactId: string; readonly alsoBlocked?: readonly string[] }
  >,
): Promise<{ block: Block; isNew: boolean; stillOnWire: string[] }> => {
  const { workspaceId } = actor;
  const { isNew, onWire, block } = await inTx(deps, actor, async (ctx) => {
    const made = await work(ctx);
    const contactIds = [made.contactId, ...(made.alsoBlocked ?? [])];
    const [onWire, block] = await together([
      findAllOnWire(ctx.tx, workspaceId, contactIds),
      findBlock(ctx.tx, workspaceId, made.blockId),
    ]);
    return { isNew: made.isNew, onWire, block };
  });
  const stillOnWire = await awaitWire(deps.db, workspaceId, onWire);
  if (block === null) {
    throw new Error('a block that was just opened is not there');
  }
  return { block, isNew, stillOnWire };
};
