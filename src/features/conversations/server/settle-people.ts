import {
  assignIdentity,
  findKnownAccounts,
  matchKeysOf,
  type PersonInWorkspace,
  type Resolution,
  resolveAgain,
} from '#features/contacts/server/index.ts';
import { type Ctx, systemActor } from '#platform/server/deps.ts';
import { lockConversationsOf } from './conversation-store.ts';
import { allContactsOf, type FromPerson, peopleOf } from './judged.ts';
import { mergeLockedContacts } from './merge-contacts.ts';

const findMerge = async (
  ctx: Ctx,
  resolution: Resolution,
  { workspaceId, person }: PersonInWorkspace,
): Promise<readonly [string, string] | undefined> => {
  const holders = resolution.holdersOf(workspaceId, person);
  const contactIds = new Set(holders.map((holder) => holder.contactId));
  if (contactIds.size < 2) {
    return undefined;
  }
  const keys = matchKeysOf(person);
  const known = await findKnownAccounts(
    ctx.tx,
    [...contactIds].map((contactId) => ({ workspaceId, contactId })),
  );
  const assignment = assignIdentity({
    keys,
    holders,
    ...known,
    // Whether two are one does not depend on it.
    timestamp: null,
  });
  return assignment.kind === 'merge' ? assignment.contactIds : undefined;
};

/**
 * Two contacts that an item shows to be one person become one before the gate is asked: were either blocked, every
 * item of both must be dropped from now on, also those of this batch that name one of them only.
 */
export const settlePeople = async (
  ctx: Ctx,
  resolution: Resolution,
  items: readonly FromPerson[],
): Promise<Resolution> => {
  let settled = resolution;
  for (const item of items) {
    if (item.type === 'identity-change') {
      continue;
    }
    const merge = await findMerge(ctx, settled, item);
    if (merge !== undefined) {
      if (settled === resolution) {
        // Also those of the items that follow: locked one merge after another they would be out of order.
        await lockConversationsOf(ctx.tx, allContactsOf(resolution, items));
      }
      const own = { ...ctx, actor: systemActor(item.workspaceId) };
      await mergeLockedContacts(own, merge[0], merge[1]);
      settled = await resolveAgain(ctx, items.flatMap(peopleOf));
    }
  }
  return settled;
};
