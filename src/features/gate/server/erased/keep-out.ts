import {
  accountAmong,
  areApart,
  findBsuids,
  findErasable,
  findNewHolders,
  followEarlyChanges,
  hasHashedAccount,
  insertHashedNames,
  type LaterNames,
  learnHashed,
  lockLaterHolders,
  type MatchKey,
  type NameChange,
  retireHashed,
} from '#features/contacts/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { extendBlock } from '../extend-block.ts';
import { findOpenBlock } from '../store.ts';

/** Whether the block of this locked contact, whose person was erased, holds now. */
export const isKeptOut = async (ctx: Ctx, contactId: string): Promise<boolean> =>
  (await findOpenBlock(ctx.tx, ctx.actor.workspaceId, contactId))?.isActive ?? false;

interface Named {
  readonly contactId: string;
  readonly matchKey: string;
}

/** WhatsApp itself says that this person has these names from now on: a change of number or account. */
export interface Move extends Omit<NameChange, 'person'> {
  readonly keys: readonly MatchKey[];
  /** What they are known by and have no more. */
  readonly left: readonly MatchKey[];
}

/** What an item says of somebody who was erased while blocked. */
export interface Met {
  readonly contactId: string;
  /** They are known by a name that they had themselves, not by one they had left behind. */
  readonly isCurrent: boolean;
  /** All names of whoever it is of, known or not. */
  readonly keys: readonly MatchKey[];
  /** All names that the item came with and that they are not known by; of a move the later ones too. */
  readonly others: readonly MatchKey[];
  /** Contacts that have one of those now. */
  readonly holders: readonly Named[];
  readonly move: Move | null;
}

/**
 * Whether the item is theirs: a name that they left behind is somebody else's by now, and so may be a number that comes with another
 * account than the one they are known by. Of neither anything is learnt, and nobody can be asked.
 */
const isTheirs = async (
  ctx: Ctx,
  { contactId, isCurrent, keys, others }: Met,
): Promise<boolean> => {
  const unknown = new Set(others.map(({ key }) => key));
  const comesWithAccount = keys.some(({ kind, key }) => kind === 'bsuid' && unknown.has(key));
  return (
    isCurrent &&
    !(comesWithAccount && (await hasHashedAccount(ctx.tx, ctx.actor.workspaceId, contactId)))
  );
};

/**
 * Who of these is the same person by WhatsApp's own word: whoever has what a move leads to, and whoever has a name that came
 * together with theirs and no other account. A number, or a parent account, may have two people one after the other.
 */
const samePeople = async (ctx: Ctx, { keys, holders, move }: Met): Promise<readonly Named[]> => {
  const { workspaceId } = ctx.actor;
  const own = accountAmong(keys);
  const isOwn = new Set(keys.map(({ key }) => key));
  const isNext = new Set(move?.keys.map(({ key }) => key));
  const accounts = await findBsuids(
    ctx.tx,
    holders.map(({ contactId }) => ({ workspaceId, contactId })),
  );
  return holders.filter(
    ({ contactId, matchKey }) =>
      isNext.has(matchKey) ||
      accounts.every(
        (one) =>
          one.contactId !== contactId ||
          isOwn.has(one.matchKey) ||
          (own !== undefined && !areApart(one, own)),
      ),
  );
};

const extendTo = async (ctx: Ctx, contactId: string, holders: readonly Named[]): Promise<void> => {
  const { workspaceId } = ctx.actor;
  for (const holderId of new Set(holders.map((holder) => holder.contactId))) {
    if ((await findErasable(ctx.tx, workspaceId, holderId))?.isErased === false) {
      await extendBlock(ctx, contactId, holderId);
    }
  }
};

/** Where they have gone on to, told before. */
const followMove = async (ctx: Ctx, { contactId, move }: Met): Promise<LaterNames> => {
  if (move === null) {
    return { left: [], names: [], holders: [] };
  }
  const isAccountNew = [move.left, move.keys].every((keys) =>
    keys.some(({ kind }) => kind === 'bsuid'),
  );
  // An account changes with its number: while the new one is hidden, the one that is known is not theirs any more.
  const isNumberHidden = isAccountNew && !move.keys.some(({ kind }) => kind === 'phone');
  await retireHashed(ctx, contactId, move.left, { areNumbersToo: isNumberHidden });
  return followEarlyChanges(ctx, move);
};

/**
 * Whoever was erased while blocked comes with one more name: they are kept out under that as well, by its keyed hash, and
 * whoever turns out to be the same person is blocked by a row of their own (docs/gate.md, identities). The contacts are locked.
 * @returns whether there is a hash that was not there
 */
export const keepOut = async (ctx: Ctx, met: Met): Promise<boolean> => {
  const { contactId, others, holders } = met;
  if (!(await isTheirs(ctx, met))) {
    return false;
  }
  const later = await followMove(ctx, met);
  const held = new Set(holders.map(({ matchKey }) => matchKey));
  const left = new Set(later.left.map(({ key }) => key));
  const learnt = others
    .filter(({ key }) => !held.has(key))
    .map((name) => ({ ...name, isFormer: left.has(name.key) }));
  const isMore = learnt.length > 0 && (await learnHashed(ctx, contactId, learnt));
  if (later.names.length > 0) {
    await insertHashedNames(ctx.tx, ctx.actor.workspaceId, contactId, later.names);
  }
  const laterHolders = [...later.holders, ...(await findNewHolders(ctx, later))];
  await lockLaterHolders(ctx, laterHolders);
  await extendTo(ctx, contactId, [...(await samePeople(ctx, met)), ...laterHolders]);
  return isMore;
};
