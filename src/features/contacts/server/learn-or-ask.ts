import type { Ctx } from '#platform/server/deps.ts';
import { accountAmong, areApart } from './accounts-apart.ts';
import type { Holder } from './assign-identity.ts';
import { type MatchKey, matchKeysOf, type PersonRef } from './normalize-identity.ts';
import { listConflict } from './people/list-conflict.ts';
import type { Learning } from './start-learning.ts';
import { findBsuids } from './store.ts';

/** Names that are one person's, by word of WhatsApp's. */
export interface NamedTogether {
  readonly workspaceId: string;
  readonly person: PersonRef;
  /** When that was told, in whole seconds by WhatsApp's clock; null: now. */
  readonly timestamp: number | null;
}

/** The number is one person's, the account another's: which of them it is is for a person to decide. */
const askOfTwo = async (
  ctx: Ctx,
  { workspaceId }: NamedTogether,
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

/** What the only contact that has something of this person did not have yet. @returns whether it has it now */
const learnOrAskOfOne = async (
  ctx: Ctx,
  learning: Learning,
  { workspaceId, timestamp }: NamedTogether,
  contactId: string,
  unheld: readonly MatchKey[],
  holders: readonly Holder[],
): Promise<boolean> => {
  const account = accountAmong(unheld);
  const isFormer = holders.every((holder) => holder.isFormer);
  const known = account && (await findBsuids(ctx.tx, [{ workspaceId, contactId }]));
  const isOther = account && known?.some((one) => areApart(one, account));
  if (account !== undefined && (isOther || isFormer)) {
    const shared = holders.find((holder) => holder.kind === 'phone') ?? holders[0];
    await listConflict(ctx, workspaceId, contactId, {
      kind: isFormer ? 'former-identity' : 'same-number-other-account',
      otherContactId: contactId,
      matchKey: account.matchKey,
      ...(shared && { sharedKey: shared.matchKey }),
    });
    return false;
  }
  await learning.learn(workspaceId, contactId, unheld, timestamp);
  ctx.notices.add(workspaceId, 'contact', contactId);
  return true;
};

/**
 * What is told of the names of somebody whom we block, and of nothing else of theirs: an identity that nobody has is learnt. A
 * known number under another account is not learnt but opened for a person to decide (docs/gate.md, identities). All holders
 * are locked.
 * @returns the contact that has learnt something
 */
export const learnOrAsk = async (
  ctx: Ctx,
  learning: Learning,
  named: NamedTogether,
): Promise<string | undefined> => {
  const { workspaceId, person } = named;
  const holders = learning.holdersOf(workspaceId, person);
  const [contactId, ...others] = new Set(holders.map((holder) => holder.contactId));
  if (contactId === undefined) {
    return undefined;
  }
  if (others.length > 0) {
    await askOfTwo(ctx, named, holders);
    return undefined;
  }
  const unheld = matchKeysOf(person).filter(
    (key) => !holders.some((holder) => holder.matchKey === key.key),
  );
  const hasLearnt =
    unheld.length > 0 && (await learnOrAskOfOne(ctx, learning, named, contactId, unheld, holders));
  return hasLearnt ? contactId : undefined;
};
