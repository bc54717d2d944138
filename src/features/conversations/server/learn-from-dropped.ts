import type { MessageActionItem, MessageItem } from '#channels/channel.ts';
import {
  findBsuids,
  type Holder,
  type Learning,
  type MatchKey,
  matchKeysOf,
} from '#features/contacts/server/index.ts';
import { noteIdentities } from '#features/gate/server/index.ts';
import type { Ctx } from '#platform/server/deps.ts';
import { listConflict } from './list-conflict.ts';

type Dropped = MessageItem | MessageActionItem;

/** The number is one person's, the account another's: which of them wrote is for a person to decide. */
const openConflictOfTwo = async (
  ctx: Ctx,
  { workspaceId }: Dropped,
  holders: readonly Holder[],
): Promise<void> => {
  const byPhone = holders.find((holder) => holder.kind === 'phone');
  const byAccount = holders.find(
    (holder) => holder.kind === 'bsuid' && holder.contactId !== byPhone?.contactId,
  );
  if (byPhone !== undefined && byAccount !== undefined) {
    await listConflict(ctx, workspaceId, byPhone.contactId, {
      kind: byPhone.isFormer ? 'former-identity' : 'same-number-other-account',
      otherContactId: byAccount.contactId,
      matchKey: byPhone.matchKey,
    });
  }
};

/** What the only contact that has something of this person did not have yet. */
const learnOrAsk = async (
  ctx: Ctx,
  learning: Learning,
  { workspaceId, timestamp }: Dropped,
  contactId: string,
  unheld: readonly MatchKey[],
  holders: readonly Holder[],
): Promise<void> => {
  const account = unheld.find((key) => key.kind === 'bsuid');
  const isFormer = holders.every((holder) => holder.isFormer);
  const hasAccount = (await findBsuids(ctx.tx, [{ workspaceId, contactId }])).length > 0;
  if (account !== undefined && (hasAccount || isFormer)) {
    const shared = holders.find((holder) => holder.kind === 'phone') ?? holders[0];
    await listConflict(ctx, workspaceId, contactId, {
      kind: isFormer ? 'former-identity' : 'same-number-other-account',
      otherContactId: contactId,
      matchKey: account.key,
      ...(shared && { sharedKey: shared.matchKey }),
    });
  } else {
    await learning.learn(workspaceId, contactId, unheld, timestamp);
    await noteIdentities(ctx.tx, workspaceId, [contactId]);
    ctx.notices.add(workspaceId, 'contact', contactId);
  }
};

/**
 * The one thing that may be kept of a dropped item: an identity we did not know of the person we block. A known number
 * under another account is not learnt but opened for a person to decide, without content (gate.md, identities).
 */
export const learnFromDropped = async (
  ctx: Ctx,
  learning: Learning,
  item: Dropped,
): Promise<void> => {
  const holders = learning.holdersOf(item.workspaceId, item.person);
  const [contactId, ...others] = new Set(holders.map((holder) => holder.contactId));
  if (contactId === undefined) {
    return;
  }
  if (others.length > 0) {
    await openConflictOfTwo(ctx, item, holders);
    return;
  }
  const unheld = matchKeysOf(item.person).filter(
    (key) => !holders.some((holder) => holder.matchKey === key.key),
  );
  if (unheld.length > 0) {
    await learnOrAsk(ctx, learning, item, contactId, unheld, holders);
  }
};
