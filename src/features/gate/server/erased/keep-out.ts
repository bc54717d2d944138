import {
  findErasable,
  hasHashedAccount,
  learnHashed,
  type MatchKey,
} from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { extendBlock } from '../extend-block.ts';
import { findOpenBlock } from '../store.ts';

/** Whether the block of this locked contact, whose person was erased, holds now. */
export const isKeptOut = async (ctx: Ctx, contactId: string): Promise<boolean> =>
  (await findOpenBlock(ctx.tx, ctx.actor.workspaceId, contactId))?.isActive ?? false;

/** What an item says of somebody who was erased while blocked. */
export interface Met {
  readonly contactId: string;
  /** They are known by a name that they had themselves, not by one they had left behind. */
  readonly isCurrent: boolean;
  /** All other names that the item came with. */
  readonly others: readonly MatchKey[];
  /** Contacts that have one of those now. */
  readonly holders: readonly { readonly contactId: string; readonly matchKey: string }[];
  /** WhatsApp itself says that it is the same person: a change of number or account. */
  readonly isMove: boolean;
}

/**
 * Whoever was erased while blocked comes with one more name: they are kept out under that as well, by its keyed hash, and
 * whoever holds it already is blocked by a row of their own (docs/gate.md, identities). A known number under another account
 * than before may be somebody else's by now: nothing is learnt of that, and nobody can be asked. The contacts are locked.
 * @returns whether there is a hash that was not there
 */
export const keepOut = async (ctx: Ctx, met: Met): Promise<boolean> => {
  const { contactId, others, holders, isMove } = met;
  const { workspaceId } = ctx.actor;
  const isAnotherAccount =
    others.some(({ kind }) => kind === 'bsuid') &&
    (await hasHashedAccount(ctx.tx, workspaceId, contactId));
  if (others.length === 0 || (!isMove && (isAnotherAccount || !met.isCurrent))) {
    return false;
  }
  const held = new Set(holders.map(({ matchKey }) => matchKey));
  const isMore = await learnHashed(
    ctx,
    contactId,
    others.filter(({ key }) => !held.has(key)),
  );
  for (const holderId of new Set(holders.map((holder) => holder.contactId))) {
    if ((await findErasable(ctx.tx, workspaceId, holderId))?.isErased === false) {
      await extendBlock(ctx, contactId, holderId);
    }
  }
  return isMore;
};
